import { CheckCircleFilled, ClockCircleOutlined, LoadingOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PurchaseExecutionAnswer } from '../../../../shared/contracts/purchase.ts';
import { api } from '../../api/http.ts';
import { useSession } from '../../api/session.tsx';
import type { PanelProps } from '../../documents/form/panels.tsx';
import type { RecordForm } from '../../documents/form/useRecordForm.ts';
import { formatDay } from '../../ui/format.ts';

/** How far an order or contract with a supplier has come; null while nothing is saved. */
export function usePurchaseExecution({ answer }: RecordForm) {
  return useQuery({
    queryKey: ['record', answer?.type, answer?.id, 'execution', answer?.version],
    queryFn: ({ signal }) => api.get<PurchaseExecutionAnswer>(`/api/purchase/execution/${answer?.type}/${answer?.id}`, { signal }),
    enabled: answer !== null,
    retry: false,
  });
}

const icons = { none: <ClockCircleOutlined />, part: <LoadingOutlined spin={false} />, all: <CheckCircleFilled /> } as const;

/** The way of an order with its days: approved, received or called off, paid. */
export function PurchaseTrack({ form }: PanelProps) {
  const { t } = useTranslation();
  const session = useSession();
  const { data } = usePurchaseExecution(form);
  if (!data || ['draft', 'pending', 'void'].includes(data.state)) return null;
  return (
    <section className="tp-panel tp-track" aria-label={t('documents.panel.track')}>
      {data.track.map(({ step, progress, first, at }) => (
        <div key={step} className={progress === 'all' ? 'is-done' : progress === 'part' ? 'is-part' : undefined}>
          {icons[progress]} {t(`purchase.track.${step}`)} {t(`documents.track.${progress}`)}{' '}
          <span className="tp-faint">
            {[...new Set([first, at])]
              .filter((day) => day !== null)
              .map((day) => formatDay(day, session.language))
              .join(' – ')}
          </span>
        </div>
      ))}
    </section>
  );
}
