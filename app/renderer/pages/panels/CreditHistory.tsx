import { useQuery } from '@tanstack/react-query';
import { Descriptions, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CreditHistoryAnswer } from '../../../../shared/contracts/settling.ts';
import { api } from '../../api/http.ts';
import { keys } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import type { PanelProps } from '../../documents/form/panels.tsx';
import { formatMoney, formatRate } from '../../ui/format.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';

/** What a customer's credit limit is decided by: how it has paid in the last twelve months, and how it stands now. */
export function CreditHistory({ form }: PanelProps) {
  const { t } = useTranslation();
  const { digits } = useSession();
  const id = form.answer?.id ?? 0;
  const answer = useQuery({
    queryKey: [...keys.money, 'creditHistory', id],
    queryFn: ({ signal }) => api.get<CreditHistoryAnswer>(`/api/customers/${id}/credit-history`, { signal }),
    enabled: id !== 0,
  });
  if (answer.error) return <ProblemAlert problem={answer.error} />;
  if (!answer.data) return null;
  const { credit, paid, averageDays, latestDays, lateShare, open, overdue, overdueDays } = answer.data;
  const money = (value: number | null) => (value === null ? '—' : formatMoney(value, digits));
  const days = (value: number | null) => (value === null ? '—' : t('general.days', { count: value }));
  const share = credit.limit === null || credit.limit === 0 ? null : Math.round((credit.used * 100) / credit.limit);
  const items = [
    { label: t('finance.credit.limit'), children: money(credit.limit) },
    { label: t('finance.credit.used'), children: money(credit.used) },
    { label: t('finance.credit.free'), children: money(credit.free) },
    {
      label: t('finance.credit.share'),
      children: share === null ? '—' : <Progress percent={share} size="small" status={share > 100 ? 'exception' : 'normal'} />,
    },
    { label: t('finance.credit.averageDays'), children: days(averageDays) },
    { label: t('finance.credit.latestDays'), children: days(latestDays) },
    { label: t('finance.credit.lateShare'), children: lateShare === null ? '—' : formatRate(lateShare) },
    { label: t('finance.credit.paid'), children: money(paid) },
    { label: t('finance.credit.open'), children: money(open) },
    { label: t('finance.credit.overdue'), children: money(overdue) },
    { label: t('finance.credit.overdueDays'), children: days(overdueDays) },
  ];
  return <Descriptions size="small" column={3} items={items.map((item, key) => ({ ...item, key }))} />;
}
