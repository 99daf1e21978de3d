import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { BookAnswer, BookRow } from '../../../../shared/contracts/trade.ts';
import { useCurrencies } from '../../api/currencies.ts';
import { useSession } from '../../api/session.tsx';
import { formatDay, formatMoney } from '../../ui/format.ts';
import { DataTable, type TableColumn } from '../../ui/table/DataTable.tsx';

interface BookTableProps {
  label: string;
  book: BookAnswer | undefined;
  isLoading: boolean;
  /** Names of the two sides. */
  debit: string;
  credit: string;
}

type Row = BookRow & { at: number };

/** A book: opening balance, one row for each step of a document with the balance running along, closing balance. */
export function BookTable({ label, book, isLoading, debit, credit }: BookTableProps) {
  const { t } = useTranslation();
  const session = useSession();
  const { digits } = useCurrencies().of(book?.currency);
  const money = (value: number) => <span className={value < 0 ? 'tp-number tp-negative' : 'tp-number'}>{formatMoney(value, digits)}</span>;
  const side = (value: number) => (value === 0 ? null : money(value));
  const rows = (book?.rows ?? []).map((row, at): Row => ({ ...row, at }));
  const columns: TableColumn<Row>[] = [
    { key: 'day', title: t('general.day'), widthPx: 124, foot: t('money.closing'), render: (row) => formatDay(row.day, session.language) },
    {
      key: 'document',
      title: t('stock.document'),
      widthPx: 240,
      grows: true,
      render: (row) =>
        row.number === undefined ? (
          <span className="tp-faint">{session.typeLabel(row.type)}</span>
        ) : (
          <Link to={`/record/${row.type}/${row.id}`}>
            {session.typeLabel(row.type)} {row.number}
          </Link>
        ),
    },
    { key: 'step', title: t('money.step'), widthPx: 140, render: (row) => session.stepLabel(row.type, row.step) },
    { key: 'debit', title: debit, widthPx: 120, align: 'end', foot: book && money(book.debit), render: (row) => side(row.debit) },
    { key: 'credit', title: credit, widthPx: 120, align: 'end', foot: book && money(book.credit), render: (row) => side(row.credit) },
    {
      key: 'balance',
      title: t('money.balance'),
      widthPx: 130,
      align: 'end',
      foot: book && money(book.closing),
      render: (row) => money(row.balance),
    },
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
        hasFoot
        empty={t('money.noEntries')}
      />
    </>
  );
}
