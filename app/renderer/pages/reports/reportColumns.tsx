import { Tag, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ReportAnswer, ReportInfo, ReportKey, ReportQuestion, ReportRow } from '../../../../shared/contracts/reports.ts';
import { useSession } from '../../api/session.tsx';
import { formatDay } from '../../ui/format.ts';
import type { TableColumn } from '../../ui/table/DataTable.tsx';
import type { Behind } from './DocumentsDrawer.tsx';
import { useFigureText } from './figureText.ts';
import { useReportWords } from './reportAnswers.ts';

export type ShownRow = ReportRow & { at: number };

/** What the rows stand for, then the columns of the pivot, then the figures. */
export function useReportColumns(
  report: ReportInfo,
  answer: ReportAnswer | null,
  question: ReportQuestion,
  onBehind: (behind: Behind) => void,
): TableColumn<ShownRow>[] {
  const keyColumns = useKeyColumns(report, answer);
  const figure = useFigureCell(report, answer, question, onBehind);
  const words = useReportWords();
  const { t } = useTranslation();
  if (answer === null) return [];
  const { pivot, measures } = answer;
  const cells = (pivot?.columns ?? []).map((key, index): TableColumn<ShownRow> => {
    const title = words.key(key, answer.labels[pivot?.axis ?? '']?.[String(key)]);
    const measure = pivot?.measure ?? '';
    return {
      key: `cell.${index}`,
      title,
      widthPx: Math.max(110, widthOf(title)),
      align: 'end',
      foot: figure(measure, pivot?.totals[index] ?? null, { [pivot?.axis ?? '']: key }),
      render: (row) => figure(measure, row.cells?.[index] ?? null, { ...keysOf(answer, row), [pivot?.axis ?? '']: key }),
    };
  });
  const figures = measures.map((measure): TableColumn<ShownRow> => {
    const title = pivot ? t('general.total') : words.measure(measure);
    const leastPx = report.measures[measure]?.kind === 'money' ? 124 : 82;
    return {
      key: measure,
      title,
      widthPx: Math.max(leastPx, widthOf(title) + 12),
      align: 'end',
      sortable: true,
      foot: figure(measure, answer.totals[measure] ?? null, {}),
      render: (row) => figure(measure, row.figures[measure] ?? null, keysOf(answer, row)),
    };
  });
  return [...keyColumns, ...cells, ...figures];
}

/** A Chinese character is twice as wide as a Latin one. */
const widthOf = (title: string): number => [...title].reduce((px, sign) => px + (sign > '\u2e80' ? 14 : 8), 18);

const keysOf = (answer: ReportAnswer, row: ReportRow): Record<string, ReportKey> =>
  Object.fromEntries(answer.groupBy.map((axis, index) => [axis, row.keys[index] ?? null]));

/** A figure as text; a button where it opens the documents it is made of. */
function useFigureCell(report: ReportInfo, answer: ReportAnswer | null, question: ReportQuestion, onBehind: (behind: Behind) => void) {
  const text = useFigureText();
  const words = useReportWords();
  const nameOf = (axis: string, key: ReportKey) => words.key(key, answer?.labels[axis]?.[String(key)]);
  return (measure: string, figure: number | string | null, keys: Record<string, ReportKey>): ReactNode => {
    const kind = report.measures[measure]?.kind;
    if (figure === null || kind === undefined) return null;
    const look = typeof figure === 'number' && figure < 0 ? 'tp-number tp-negative' : 'tp-number';
    if (figure === 0 && kind !== 'rate') return <span className="tp-faint">–</span>;
    if (!answer?.drillable.includes(measure)) return <span className={look}>{text(kind, figure)}</span>;
    const { from, to, filters } = question;
    return (
      <button
        type="button"
        className={`tp-link ${look}`}
        onClick={() =>
          onBehind({ question: { measure, keys, from, to, filters }, about: Object.entries(keys).map(([axis, key]) => nameOf(axis, key)) })
        }
      >
        {text(kind, figure)}
      </button>
    );
  };
}

function useKeyColumns(report: ReportInfo, answer: ReportAnswer | null): TableColumn<ShownRow>[] {
  const { t } = useTranslation();
  const session = useSession();
  const words = useReportWords();
  return (answer?.groupBy ?? []).flatMap((axis, index): TableColumn<ShownRow>[] => {
    const of = report.axes[axis];
    const labelOf = (row: ShownRow) => answer?.labels[axis]?.[String(row.keys[index])];
    const nameOf = (row: ShownRow): string => {
      const key = row.keys[index] ?? null;
      return of?.kind === 'day' && typeof key === 'string' ? formatDay(key, session.language) : words.key(key, labelOf(row));
    };
    const name: TableColumn<ShownRow> = {
      key: axis,
      title: words.axis(axis),
      widthPx: of?.kind === 'link' || of?.kind === 'branch' || of?.kind === 'place' ? 150 : 100,
      grows: index === 0,
      sortable: true,
      foot: index === 0 ? t('general.total') : null,
      render: (row) => (
        <>
          <KeyName name={nameOf(row)} isNone={row.keys[index] === null} label={labelOf(row)} />
          {index === 0 && row.uneven ? (
            <Tooltip title={t('reports.unevenHelp')}>
              <Tag color="orange" className="tp-report-hint">
                {t('reports.uneven')}
              </Tag>
            </Tooltip>
          ) : null}
        </>
      ),
    };
    const beside = (of?.shows ?? []).map(
      (field, at): TableColumn<ShownRow> => ({
        key: `${axis}.${field}`,
        title: session.fieldLabel(of?.to ?? '', field),
        widthPx: 84,
        render: (row) => labelOf(row)?.beside?.[at],
      }),
    );
    return [name, ...beside];
  });
}

function KeyName({ name, isNone, label }: { name: string; isNone: boolean; label: { type?: string; id?: number } | undefined }) {
  const session = useSession();
  const definition = label?.type === undefined ? undefined : session.definitionOf(label.type);
  const isOpened = definition !== undefined && (definition.kind === 'document' || definition.search !== undefined);
  if (isNone) return <span className="tp-faint">{name}</span>;
  if (!isOpened || label?.id === undefined) return <span title={name}>{name}</span>;
  return (
    <Link to={`/record/${label.type}/${label.id}`} title={name}>
      {name}
    </Link>
  );
}
