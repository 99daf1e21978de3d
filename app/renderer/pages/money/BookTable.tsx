import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { BookAnswer, StatementAnswer, StatementRow } from '../../../../shared/contracts/trade.ts';
import { useCurrencies } from '../../api/currencies.ts';
import { useSession } from '../../api/session.tsx';
import { formatDay, formatMoney, formatPrice, formatQuantity } from '../../ui/format.ts';
import { DataTable, type TableColumn } from '../../ui/table/DataTable.tsx';
import type { TableSelection } from '../../ui/table/tableColumns.ts';

interface BookTableProps {
  label: string;
  book: BookAnswer | StatementAnswer | undefined;
  isLoading: boolean;
  /** Names of the two sides. */
  debit: string;
  credit: string;
  /** Names of the columns that tell what was invoiced of a document, and when last. */
  invoices?: { amount: string; day: string } | undefined;
  /** Only documents of this type; the balance runs through all of them. */
  only?: string | undefined;
  /** Entries are ticked against the bank's statement. */
  onTick?: ((entries: number[], isReconciled: boolean) => void) | undefined;
}

/** A row of the book, or the goods of the document above it. */
type Row = StatementRow & { at: number; line?: string };

/** A book: opening balance, one row for each step of a document with the balance running along, closing balance. */
export function BookTable({ label, book, isLoading, debit, credit, invoices, only, onTick }: BookTableProps) {
  const { t } = useTranslation();
  const session = useSession();
  const { digits } = useCurrencies().of(book?.currency);
  const money = (value: number) => <span className={value < 0 ? 'tp-number tp-negative' : 'tp-number'}>{formatMoney(value, digits)}</span>;
  const side = (value: number) => (value === 0 ? null : money(value));
  const shown = (book?.rows ?? []).filter((row) => only === undefined || row.type === only);
  const rows = rowsOf(shown, digits);
  const columns: TableColumn<Row>[] = [
    {
      key: 'day',
      title: t('general.day'),
      widthPx: 124,
      foot: t('money.closing'),
      render: (row) => (row.line === undefined ? formatDay(row.day, session.language) : null),
    },
    {
      key: 'document',
      title: t('stock.document'),
      widthPx: 210,
      grows: true,
      render: (row) =>
        row.line !== undefined ? (
          <span className="tp-faint">{row.line}</span>
        ) : row.number === undefined ? (
          <span className="tp-faint">{session.typeLabel(row.type)}</span>
        ) : (
          <Link to={`/record/${row.type}/${row.id}`}>
            {session.typeLabel(row.type)} {row.number}
          </Link>
        ),
    },
    {
      key: 'step',
      title: t('money.step'),
      widthPx: 140,
      render: (row) => (row.line === undefined ? session.stepLabel(row.type, row.step) : null),
    },
    { key: 'debit', title: debit, widthPx: 120, align: 'end', foot: book && money(book.debit), render: (row) => side(row.debit) },
    { key: 'credit', title: credit, widthPx: 120, align: 'end', foot: book && money(book.credit), render: (row) => side(row.credit) },
    {
      key: 'balance',
      title: t('money.balance'),
      widthPx: 130,
      align: 'end',
      foot: book && money(book.closing),
      render: (row) => (row.line === undefined ? money(row.balance) : null),
    },
    ...(invoices
      ? [
          {
            key: 'invoiced',
            title: invoices.amount,
            widthPx: 110,
            align: 'end' as const,
            render: (row: Row) => (row.line === undefined && row.invoiced !== undefined ? money(row.invoiced) : null),
          },
          {
            key: 'invoicedOn',
            title: invoices.day,
            widthPx: 104,
            render: (row: Row) => (row.line === undefined && row.invoicedOn ? formatDay(row.invoicedOn, session.language) : null),
          },
        ]
      : []),
  ];
  return (
    <>
      <div className="tp-opening">
        <span>{t('money.opening')}</span>
        {book ? money(book.opening) : null}
      </div>
      <DataTable
        label={label}
        columns={columns}
        rows={rows}
        idOf={(row) => row.at}
        isLoading={isLoading}
        selection={onTick && ticksOf(rows, onTick)}
        hasFoot
        empty={t('money.noEntries')}
      />
    </>
  );
}

/** What is ticked in the table is reconciled in the book. */
function ticksOf(rows: readonly Row[], onTick: (entries: number[], isReconciled: boolean) => void): TableSelection {
  const chosen = new Set(rows.filter((row) => row.isReconciled).map((row) => row.at));
  const entriesAt = (places: ReadonlySet<number>, without: ReadonlySet<number>): number[] =>
    rows.filter((row) => places.has(row.at) && !without.has(row.at)).map((row) => row.entry);
  return {
    chosen,
    onChange: (next) => {
      const [added, removed] = [entriesAt(next, chosen), entriesAt(chosen, next)];
      if (added.length > 0) onTick(added, true);
      if (removed.length > 0) onTick(removed, false);
    },
  };
}

/** Every row, with a line below it for each of its goods where they are shown. */
function rowsOf(found: readonly StatementRow[], digits: number): Row[] {
  const rows = found.flatMap((row): Omit<Row, 'at'>[] => [
    row,
    ...(row.goods ?? []).map((line) => {
      const quantity = `${formatQuantity(line.quantity)}${line.unit ?? ''}`;
      const price = line.grossPrice === undefined ? '' : ` × ${formatPrice(line.grossPrice)}`;
      const text = `${line.name} ${line.spec ?? ''} ${quantity}${price} = ${formatMoney(line.grossAmount, digits)}`;
      return { ...row, debit: 0, credit: 0, line: text };
    }),
  ]);
  return rows.map((row, at) => ({ ...row, at }));
}
