import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListAnswer, ListRow } from '../../../../shared/contracts/wire.ts';
import { type Session, useSession } from '../../api/session.tsx';
import type { TableColumn } from '../../ui/table/DataTable.tsx';

/** In the recycle bin a column says what was thrown away together with each record and comes back with it. */
export function useBinColumns(columns: TableColumn<ListRow>[], along: ListAnswer['along'] | null): TableColumn<ListRow>[] {
  const { t } = useTranslation();
  const session = useSession();
  return useMemo(() => {
    if (!along || Object.keys(along).length === 0) return columns;
    const column: TableColumn<ListRow> = {
      key: 'along',
      title: t('list.along'),
      widthPx: 130,
      render: (row) => alongText(session, along[row.id] ?? {}),
    };
    return [...columns.slice(0, 2), column, ...columns.slice(2)];
  }, [columns, along, session, t]);
}

const alongText = (session: Session, counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([type, count]) => `${session.typeLabel(type, count === 1 ? 'one' : 'many')} × ${count}`)
    .join(', ');
