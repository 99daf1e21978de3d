import { useTranslation } from 'react-i18next';
import type { ReportInfo } from '../../../../shared/contracts/reports.ts';
import { formatExact, mulDiv } from '../../../../shared/kernel/numbers.ts';
import { useSession } from '../../api/session.tsx';
import { formatDay, formatMoney, formatQuantity } from '../../ui/format.ts';

type Kind = ReportInfo['measures'][string]['kind'];

/** Figures as they are read: a share to the tenth of a percent, turns to the hundredth. */
export function useFigureText(): (kind: Kind, figure: number | string) => string {
  const { t } = useTranslation();
  const session = useSession();
  return (kind, figure) => {
    if (typeof figure === 'string') return formatDay(figure, session.language);
    switch (kind) {
      case 'money':
        return formatMoney(figure, session.digits);
      case 'quantity':
        return formatQuantity(figure);
      case 'rate':
        return `${formatExact(mulDiv([figure], [1000]), 1, { group: true })}%`;
      case 'times':
        return formatExact(mulDiv([figure], [10_000]), 2, { group: true });
      case 'days':
        return t('reports.days', { days: formatExact(figure, 0, { group: true }) });
      default:
        return formatExact(figure, 0, { group: true });
    }
  };
}
