import { Link } from 'react-router';
import type { StockMoveRow } from '../../../../shared/contracts/stock.ts';
import type { Titles } from '../../../../shared/contracts/wire.ts';
import type { Translate } from '../../api/i18n.ts';
import type { Session } from '../../api/session.tsx';
import { useSession } from '../../api/session.tsx';
import { formatDay, formatQuantity } from '../../ui/format.ts';
import type { TableColumn } from '../../ui/table/DataTable.tsx';

/** What is told of a movement of stock: which document, from where to where, and what lay there before and after. */
export function moveColumns(session: Session, t: Translate, titles: Titles): TableColumn<StockMoveRow>[] {
  const quantity = (key: 'before' | 'after'): TableColumn<StockMoveRow> => ({
    key,
    title: t(`stock.${key}`),
    widthPx: 80,
    align: 'end',
    render: (row) => <span className="tp-number">{formatQuantity(row[key])}</span>,
  });
  return [
    { key: 'day', title: t('general.day'), widthPx: 100, render: (row) => formatDay(row.day, session.language) },
    {
      key: 'item',
      title: session.typeLabel('item'),
      widthPx: 150,
      grows: true,
      render: (row) => <Link to={`/record/item/${row.item}`}>{titles.item?.[row.item] ?? `#${row.item}`}</Link>,
    },
    {
      key: 'document',
      title: t('stock.document'),
      widthPx: 216,
      grows: true,
      render: (row) => <DocumentLink type={row.type} id={row.document} number={row.number} />,
    },
    { key: 'step', title: t('general.state'), widthPx: 104, render: (row) => session.stepLabel(row.type, row.step) },
    {
      key: 'places',
      title: session.typeLabel('warehouse'),
      widthPx: 180,
      grows: true,
      render: (row) => <Places row={row} t={t} titles={titles} />,
    },
    quantity('before'),
    {
      key: 'quantity',
      title: t('stock.change'),
      widthPx: 80,
      align: 'end',
      render: (row) =>
        row.quantity === 0 ? (
          <span className="tp-number tp-faint">{formatQuantity(row.amount)}</span>
        ) : (
          <Change value={row.quantity} text={formatQuantity(Math.abs(row.quantity))} />
        ),
    },
    quantity('after'),
    { key: 'user', title: t('general.user'), widthPx: 90, render: (row) => titles.user?.[row.user] },
  ];
}

function Places({ row, t, titles }: { row: StockMoveRow; t: Translate; titles: Titles }) {
  const kinds: Readonly<Record<string, string>> = t('warehousing.places', { returnObjects: true });
  const place = (id: number | null, kind: string) =>
    [kinds[kind], id === null ? '' : (titles.warehouse?.[id] ?? `#${id}`)].filter(Boolean).join(' ');
  return (
    <span>
      {place(row.from, row.fromKind)} → {place(row.to, row.toKind)}
    </span>
  );
}

/** Signed and coloured, and readable without the colour. */
export function Change({ value, text }: { value: number; text: string }) {
  return <span className={value < 0 ? 'tp-number tp-negative' : 'tp-number tp-positive'}>{value < 0 ? `−${text}` : `+${text}`}</span>;
}

export function DocumentLink({ type, id, number }: { type: string; id: number; number?: string }) {
  const session = useSession();
  if (number === undefined) return <span className="tp-faint">{session.typeLabel(type)}</span>;
  return (
    <Link to={`/record/${type}/${id}`}>
      {session.typeLabel(type)} {number}
    </Link>
  );
}
