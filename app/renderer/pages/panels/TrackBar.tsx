import { CheckCircleFilled, ClockCircleOutlined, LoadingOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../api/session.tsx';
import type { PanelProps } from '../../documents/form/panels.tsx';
import { formatDay } from '../../ui/format.ts';
import { useExecution } from './ExecutionPanel.tsx';

const icons = { none: <ClockCircleOutlined />, part: <LoadingOutlined spin={false} />, all: <CheckCircleFilled /> } as const;

/** The way of an order with its days: approved, shipped, paid. */
export function TrackBar({ form }: PanelProps) {
  const { t } = useTranslation();
  const session = useSession();
  const { data } = useExecution(form);
  if (!data || ['draft', 'pending', 'void'].includes(data.state)) return null;
  return (
    <section className="tp-panel tp-track" aria-label={t('documents.panel.track')}>
      {data.track.map(({ step, progress, first, at }) => (
        <div key={step} className={progress === 'all' ? 'is-done' : progress === 'part' ? 'is-part' : undefined}>
          {icons[progress]} {t(`documents.track.${step}`)} {t(`documents.track.${progress}`)}
          <span className="tp-faint">
            {' '}
            {[first, at]
              .filter((day, index, days) => day !== null && days.indexOf(day) === index)
              .map((day) => formatDay(day ?? '', session.language))
              .join(' – ')}
          </span>
        </div>
      ))}
    </section>
  );
}
