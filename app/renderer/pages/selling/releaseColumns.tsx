import { Tag, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ReleaseRow } from '../../../../shared/contracts/selling.ts';
import { useCurrencies } from '../../api/currencies.ts';
import type { mergeTitles } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import { formatDay, formatMoney, formatQuantity } from '../../ui/format.ts';
import { useProblemText } from '../../ui/ProblemAlert.tsx';
import type { TableColumn } from '../../ui/table/DataTable.tsx';
import { QuantityCell } from './QuantityCell.tsx';
import type { Quantities } from './useRelease.ts';
import { wantedOf } from './useRelease.ts';

interface ColumnsOf {
  titles: ReturnType<typeof mergeTitles>;
  quantities: Quantities;
  onQuantity: (row: ReleaseRow, quantity: number) => void;
  today: string;
}

/** What stands on the release board of each order line. */
export function useReleaseColumns({ titles, quantities, onQuantity, today }: ColumnsOf): TableColumn<ReleaseRow>[] {
  const { t } = useTranslation();
  const session = useSession();
  const money = useMoneyColumns();
  const field = (name: string) => session.fieldLabel('salesOrder', name);
  const amount = (value: number, isRed = false) => (
    <span className={isRed ? 'tp-number tp-negative' : 'tp-number'}>{formatQuantity(value)}</span>
  );
  return [
    {
      key: 'customer',
      title: session.typeLabel('customer'),
      widthPx: 150,
      grows: true,
      render: (row) => <span title={row.deliveryAddress ?? undefined}>{titles.customer?.[row.customer]}</span>,
    },
    {
      key: 'number',
      title: field('number'),
      widthPx: 132,
      render: (row) => <Link to={`/record/salesOrder/${row.order}`}>{row.number}</Link>,
    },
    {
      key: 'item',
      title: session.typeLabel('item'),
      widthPx: 150,
      grows: true,
      render: (row) => (
        <span title={row.spec ?? undefined}>{[row.name ?? titles.item?.[row.item], row.spec].filter(Boolean).join(' ')}</span>
      ),
    },
    { key: 'reasons', title: t('selling.heldUp'), widthPx: 146, render: (row) => <Reasons row={row} /> },
    {
      key: 'deliverBy',
      title: field('deliverBy'),
      widthPx: 96,
      render: (row) =>
        row.deliverBy === null ? null : (
          <span className={row.deliverBy < today ? 'tp-negative' : ''}>{formatDay(row.deliverBy, session.language)}</span>
        ),
    },
    {
      key: 'wanted',
      title: t('selling.toRelease'),
      widthPx: 78,
      align: 'end',
      render: (row) => (
        <QuantityCell
          label={`${row.number} ${row.name ?? ''}`}
          value={wantedOf(row, quantities)}
          max={row.open}
          onChange={(value) => onQuantity(row, value)}
        />
      ),
    },
    {
      key: 'free',
      title: t('selling.freeStock'),
      widthPx: 84,
      align: 'end',
      render: (row) => (row.free === null ? null : amount(row.free, row.free < wantedOf(row, quantities))),
    },
    { key: 'open', title: t('selling.openQuantity'), widthPx: 66, align: 'end', render: (row) => amount(row.open) },
    ...money,
    { key: 'unit', title: field('lines.unit'), widthPx: 46, render: (row) => row.unit },
    { key: 'shipped', title: field('lines.shipped'), widthPx: 90, align: 'end', render: (row) => amount(row.shipped) },
    { key: 'warehouse', title: session.typeLabel('warehouse'), widthPx: 84, render: (row) => titles.warehouse?.[row.warehouse ?? 0] },
    { key: 'owner', title: field('owner'), widthPx: 66, render: (row) => titles.user?.[row.owner ?? 0] },
  ];
}

function useMoneyColumns(): TableColumn<ReleaseRow>[] {
  const { t } = useTranslation();
  const session = useSession();
  const currencies = useCurrencies();
  const money = (row: ReleaseRow, value: number | undefined, isRed: boolean) =>
    value === undefined ? null : (
      <span className={isRed ? 'tp-number tp-negative' : 'tp-number'}>{formatMoney(value, currencies.of(row.currency ?? 0).digits)}</span>
    );
  const paid: TableColumn<ReleaseRow>[] = [
    {
      key: 'paid',
      title: t('selling.paid'),
      widthPx: 100,
      align: 'end',
      render: (row) => money(row, row.paid, (row.paid ?? 0) < (row.needed ?? 0)),
    },
    {
      key: 'needed',
      title: t('selling.needed'),
      widthPx: 100,
      align: 'end',
      render: (row) => (row.needed ? money(row, row.needed, false) : null),
    },
  ];
  const credit: TableColumn<ReleaseRow>[] = [
    {
      key: 'creditLeft',
      title: t('selling.creditLeft'),
      widthPx: 110,
      align: 'end',
      render: (row) =>
        typeof row.creditLeft === 'number' ? (
          <span className={row.creditLeft < 0 ? 'tp-number tp-negative' : 'tp-number'}>{formatMoney(row.creditLeft, session.digits)}</span>
        ) : null,
    },
    {
      key: 'overdueDays',
      title: t('selling.overdueDays'),
      widthPx: 80,
      align: 'end',
      render: (row) => (row.overdueDays ? <span className="tp-negative">{t('general.days', { count: row.overdueDays })}</span> : null),
    },
  ];
  return [...(session.hasRight('see.salesPrice') ? paid : []), ...(session.hasRight('see.credit') ? credit : [])];
}

const colours = { warn: 'gold', approve: 'orange', block: 'red' } as const;

/** Every reason why the line is held up, in a word; the whole sentence stands behind it. */
function Reasons({ row }: { row: ReleaseRow }) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  if (row.reasons.length === 0) return <Tag color="green">{t('selling.ready')}</Tag>;
  return row.reasons.map(({ code, level, facts }) => (
    <Tooltip key={code} title={facts ? problemText({ code, facts, status: 409 }) : undefined}>
      <Tag color={colours[level]}>{t(`selling.reasons.${code.replace('.', '_') as 'credit_exceeded'}`)}</Tag>
    </Tooltip>
  ));
}
