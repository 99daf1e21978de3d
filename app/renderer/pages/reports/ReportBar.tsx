import { CloseOutlined } from '@ant-design/icons';
import { Button, DatePicker, Flex, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import type { ReportInfo, ReportQuestion } from '../../../../shared/contracts/reports.ts';
import { useSession } from '../../api/session.tsx';
import { LinkSelect } from '../../ui/LinkSelect.tsx';
import { periodNames, periodOf } from './periods.ts';
import { type Arrangement, useReportWords } from './reportAnswers.ts';

interface ReportBarProps {
  report: ReportInfo;
  question: ReportQuestion;
  arrangement: Arrangement;
  onArrange: (part: Partial<Arrangement>) => void;
  onDays: (days: { from?: string; to?: string }) => void;
}

const groupsMax = 3;

/** Over which days, grouped by what, with which columns, and for whom. */
export function ReportBar(props: ReportBarProps) {
  const { report, arrangement, onArrange } = props;
  const { t } = useTranslation();
  const words = useReportWords();
  const axes = Object.keys(report.axes);
  const { pivot } = arrangement;
  const free = axes.filter((axis) => !arrangement.groupBy.includes(axis));
  const [firstMeasure = ''] = Object.keys(report.measures);
  return (
    <Flex gap={8} wrap="wrap" align="center" className="tp-filters tp-report-bar">
      <Days {...props} />
      <span className="tp-labelled">
        <span>{t('reports.groupBy')}</span>
        <Select
          mode="multiple"
          maxCount={groupsMax}
          aria-label={t('reports.groupBy')}
          style={{ minWidth: 150 }}
          value={arrangement.groupBy}
          options={axes.filter((axis) => axis !== pivot?.axis).map((axis) => ({ value: axis, label: words.axis(axis) }))}
          onChange={(groupBy: string[]) => (groupBy.length > 0 ? onArrange({ groupBy }) : undefined)}
        />
      </span>
      <span className="tp-labelled">
        <span>{t('reports.columns')}</span>
        <Select
          aria-label={t('reports.columns')}
          style={{ minWidth: 104 }}
          value={pivot?.axis ?? ''}
          options={[{ value: '', label: t('reports.noColumns') }, ...free.map((axis) => ({ value: axis, label: words.axis(axis) }))]}
          onChange={(axis: string) => onArrange({ pivot: axis === '' ? null : { axis, measure: pivot?.measure ?? firstMeasure } })}
        />
      </span>
      {pivot ? (
        <span className="tp-labelled">
          <span>{t('reports.measure')}</span>
          <Select
            aria-label={t('reports.measure')}
            style={{ minWidth: 120 }}
            value={pivot.measure}
            options={Object.keys(report.measures).map((measure) => ({ value: measure, label: words.measure(measure) }))}
            onChange={(measure: string) => onArrange({ pivot: { ...pivot, measure } })}
          />
        </span>
      ) : null}
      <Filters {...props} />
    </Flex>
  );
}

function Days({ report, question, onDays }: ReportBarProps) {
  const { t } = useTranslation();
  const { settings } = useSession();
  const dayIn = (day: string | undefined): Dayjs => dayjs(day ?? settings.today);
  const text = (day: Dayjs): string => day.format('YYYY-MM-DD');
  if (report.time === 'now') return null;
  if (report.time === 'day') {
    return (
      <span className="tp-labelled">
        <span>{t('reports.day')}</span>
        <DatePicker
          aria-label={t('reports.day')}
          allowClear={false}
          value={dayIn(question.to)}
          onChange={(day) => day && onDays({ to: text(day) })}
        />
      </span>
    );
  }
  const presets = periodNames.map((name) => {
    const [from, to] = periodOf(name, settings.today);
    return { label: t(`reports.presets.${name}`), value: [dayjs(from), dayjs(to)] as [Dayjs, Dayjs] };
  });
  return (
    <DatePicker.RangePicker
      aria-label={t('reports.period')}
      allowClear={false}
      style={{ width: 236 }}
      presets={presets}
      value={[dayIn(question.from), dayIn(question.to)]}
      onChange={(days) => days?.[0] && days[1] && onDays({ from: text(days[0]), to: text(days[1]) })}
    />
  );
}

function Filters({ report, arrangement, onArrange }: ReportBarProps) {
  const { t } = useTranslation();
  const words = useReportWords();
  const { filters } = arrangement;
  const chosen = Object.keys(filters);
  const others = Object.keys(report.axes).filter((axis) => report.axes[axis]?.mayFilter && !chosen.includes(axis));
  const without = (axis: string) => Object.fromEntries(Object.entries(filters).filter(([name]) => name !== axis));
  return (
    <>
      {chosen.map((axis) => (
        <span className="tp-labelled" key={axis}>
          <span>{words.axis(axis)}</span>
          <div style={{ minWidth: 170 }}>
            <LinkSelect
              many
              to={report.axes[axis]?.to ?? ''}
              dictionary={report.axes[axis]?.dictionary}
              label={words.axis(axis)}
              value={filters[axis] ?? []}
              onChange={(ids) => onArrange({ filters: { ...filters, [axis]: ids } })}
            />
          </div>
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined />}
            aria-label={`${t('general.remove')} ${words.axis(axis)}`}
            onClick={() => onArrange({ filters: without(axis) })}
          />
        </span>
      ))}
      {others.length > 0 ? (
        <Select
          aria-label={t('reports.addFilter')}
          placeholder={t('reports.addFilter')}
          style={{ minWidth: 112 }}
          value={null}
          options={others.map((axis) => ({ value: axis, label: words.axis(axis) }))}
          onChange={(axis: string | null) => axis && onArrange({ filters: { ...filters, [axis]: [] } })}
        />
      ) : null}
    </>
  );
}
