import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CostChangeRow, CostChangesAnswer } from '../../../../shared/contracts/stock.ts';
import { api } from '../../api/http.ts';
import type { Translate } from '../../api/i18n.ts';
import { type Session, useSession } from '../../api/session.tsx';
import type { Explanation } from '../../documents/form/explanations.ts';
import { parcelOf } from '../../documents/form/input.ts';
import { formatDay, formatMoney, formatQuantity } from '../../ui/format.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { DataTable, type TableColumn } from '../../ui/table/DataTable.tsx';
import { Change, DocumentLink } from '../stock/moveColumns.tsx';

/** Every document whose cost the step would change, for whoever may see cost; nothing for others. */
export const CostChanges: Explanation = ({ form, asked }) => {
  const { t } = useTranslation();
  const session = useSession();
  const { answer } = form;
  const path = `/api/records/${form.definition.type}/costs`;
  const { step: name, ...said } = asked;
  const typed = answer && !form.isDirty ? {} : parcelOf(form.definition, answer ? form.state.base : null, form.state.now).input;
  const body = {
    ...(answer ? { id: answer.id } : {}),
    input: { ...typed, ...(answer ? { version: answer.version } : {}), step: { name, ...said } },
  };
  const changes = useQuery({
    queryKey: ['costs', path, body],
    enabled: session.hasRight('see.cost'),
    gcTime: 0,
    queryFn: ({ signal }) => api.post<CostChangesAnswer>(path, body, { signal }),
  });
  if (!session.hasRight('see.cost')) return null;
  if (changes.error) return <ProblemAlert problem={changes.error} />;
  const money = (value: number): string => formatMoney(value, session.digits);
  const found = changes.data;
  const difference = found ? found.after - found.before : 0;
  return (
    <>
      <DataTable
        label={t('stock.costChanges')}
        columns={columnsFor({ t, session, titles: found?.titles ?? {}, money })}
        rows={(found?.rows ?? []).map((row, rank) => ({ ...row, rank }))}
        idOf={(row) => row.rank}
        isLoading={changes.isPending}
        empty={t('stock.noMoves')}
      />
      {found ? (
        <p>
          {t('stock.costChangesSum', { before: money(found.before), after: money(found.after) })}{' '}
          <b>
            <Change value={difference} text={money(Math.abs(difference))} />
          </b>
          {found.left > 0 ? ` ${t('stock.costChangesLeft', { count: found.left })}` : ''}
        </p>
      ) : null}
    </>
  );
};

interface Surroundings {
  readonly t: Translate;
  readonly session: Session;
  readonly titles: CostChangesAnswer['titles'];
  readonly money: (value: number) => string;
}

function columnsFor({ t, session, titles, money }: Surroundings): TableColumn<CostChangeRow & { rank: number }>[] {
  return [
    { key: 'day', title: t('general.day'), widthPx: 100, render: (row) => formatDay(row.day, session.language) },
    {
      key: 'document',
      title: t('stock.document'),
      widthPx: 220,
      grows: true,
      render: (row) => <DocumentLink type={row.type} id={row.document} {...(row.number === undefined ? {} : { number: row.number })} />,
    },
    { key: 'item', title: session.typeLabel('item'), widthPx: 130, grows: true, render: (row) => titles.item?.[row.item] ?? row.item },
    {
      key: 'quantity',
      title: session.fieldLabel('stockOut', 'lines.quantity'),
      widthPx: 80,
      align: 'end',
      render: (row) => formatQuantity(row.quantity),
    },
    { key: 'before', title: t('stock.costBefore'), widthPx: 104, align: 'end', render: (row) => money(row.before) },
    { key: 'after', title: t('stock.costAfter'), widthPx: 104, align: 'end', render: (row) => money(row.after) },
    {
      key: 'difference',
      title: t('stock.change'),
      widthPx: 100,
      align: 'end',
      render: (row) => <Change value={row.after - row.before} text={money(Math.abs(row.after - row.before))} />,
    },
  ];
}
