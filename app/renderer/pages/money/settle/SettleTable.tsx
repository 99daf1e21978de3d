import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Day } from '../../../../../shared/kernel/days.ts';
import { useSession } from '../../../api/session.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { formatDay, formatMoney } from '../../../ui/format.ts';
import { DataTable, type TableColumn } from '../../../ui/table/DataTable.tsx';
import type { SideName } from '../side.ts';
import { AmountCell } from './AmountCell.tsx';

/** A debt or money held, as one row of the desk. */
export interface SettleRow {
  key: string;
  type: string;
  id: number;
  number: string;
  period: number | null;
  day: Day;
  /** When it falls due; money held has none. */
  dueOn: Day | null;
  note: string;
  total: number;
  open: number;
  /** What was invoiced of the document, and the last day; null where nothing of it can be invoiced. */
  invoiced: number | null;
  invoicedOn: Day | null;
}

interface SettleTableProps {
  /** Whose invoices stand beside the rows. */
  side: SideName;
  name: string;
  label: string;
  rows: readonly SettleRow[];
  amounts: ReadonlyMap<string, number>;
  digits: number;
  empty: { title: string; text: string };
  isLoading: boolean;
  onAmount: (key: string, amount: number) => void;
}

/** One side of the desk: every open row, and how much of each is settled now. */
export function SettleTable({ side, name, label, rows, amounts, digits, empty, isLoading, onAmount }: SettleTableProps) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const move = (from: number, step: 1 | -1) => {
    box.current?.querySelector<HTMLInputElement>(`#${name}-${from + step}`)?.focus();
  };
  const columns = useColumns(rows, amounts, digits);
  const invoices = useInvoiceColumns(side, rows, digits);
  const amount: TableColumn<SettleRow> = {
    key: 'amount',
    title: t('finance.settle.amount'),
    widthPx: 100,
    align: 'end',
    foot: formatMoney(
      [...amounts.values()].reduce((sum, each) => sum + each, 0),
      digits,
    ),
    render: (row, index) => (
      <AmountCell
        id={`${name}-${index}`}
        label={`${t('finance.settle.amount')} ${row.number}`}
        value={amounts.get(row.key) ?? 0}
        max={Math.max(0, row.open)}
        digits={digits}
        onChange={(value) => onAmount(row.key, value)}
        onMove={(step) => move(index, step)}
      />
    ),
  };
  return (
    <div ref={box} className="tp-settle-side">
      <DataTable
        label={label}
        columns={[...columns, amount, ...invoices]}
        rows={rows}
        idOf={(row) => rows.indexOf(row)}
        onOpen={(row) => onAmount(row.key, (amounts.get(row.key) ?? 0) === 0 ? row.open : 0)}
        rowClass={(row) => ((amounts.get(row.key) ?? 0) > 0 ? 'tp-settle-taken' : undefined)}
        isLoading={isLoading}
        hasFoot={rows.length > 0}
        empty={<EmptyState {...empty} />}
      />
    </div>
  );
}

function useColumns(rows: readonly SettleRow[], amounts: ReadonlyMap<string, number>, digits: number): TableColumn<SettleRow>[] {
  const { t } = useTranslation();
  const session = useSession();
  const today = session.settings.today;
  const money = (value: number) => <span className="tp-number">{formatMoney(value, digits)}</span>;
  const isDebts = rows.some((row) => row.dueOn !== null);
  const hasNotes = rows.some((row) => row.note !== '');
  return [
    {
      key: 'number',
      title: t('finance.settle.document'),
      widthPx: 132,
      grows: true,
      foot: t('general.total'),
      render: (row) => (
        <Link to={`/record/${row.type}/${row.id}`} title={session.typeLabel(row.type)}>
          {row.number}
          {row.period === null ? '' : ` · ${t('finance.settle.period', { period: row.period })}`}
        </Link>
      ),
    },
    {
      key: 'day',
      title: isDebts ? t('finance.settle.dueOn') : t('general.day'),
      widthPx: 90,
      render: (row) => {
        const day = row.dueOn ?? row.day;
        return <span className={row.dueOn !== null && day < today ? 'tp-negative' : ''}>{formatDay(day, session.language)}</span>;
      },
    },
    ...(hasNotes
      ? [
          {
            key: 'note',
            title: t('finance.settle.note'),
            widthPx: 84,
            grows: true,
            render: (row: SettleRow) => <span title={row.note}>{row.note}</span>,
          },
        ]
      : []),
    {
      key: 'open',
      title: isDebts ? t('finance.settle.open') : t('finance.settle.left'),
      widthPx: 98,
      align: 'end',
      foot: money(rows.reduce((sum, row) => sum + row.open, 0)),
      render: (row) => money(row.open - (amounts.get(row.key) ?? 0)),
    },
  ];
}

/** What was invoiced of each document so far, and when last, where anything here can be invoiced. */
function useInvoiceColumns(side: SideName, rows: readonly SettleRow[], digits: number): TableColumn<SettleRow>[] {
  const { t } = useTranslation();
  const { language } = useSession();
  if (rows.every((row) => row.invoiced === null)) return [];
  return [
    {
      key: 'invoiced',
      title: t(`finance.invoiced.${side}`),
      widthPx: 92,
      align: 'end',
      render: (row) => (row.invoiced === null ? null : <span className="tp-number">{formatMoney(row.invoiced, digits)}</span>),
    },
    {
      key: 'invoicedOn',
      title: t(`finance.invoicedOn.${side}`),
      widthPx: 92,
      render: (row) => (row.invoicedOn === null ? null : formatDay(row.invoicedOn, language)),
    },
  ];
}
