import type { GapsAnswer } from '../../../shared/contracts/trade.ts';
import type { Day } from '../../../shared/kernel/days.ts';
import { tableOf } from '../../database/tables.ts';
import type { Work } from '../../work.ts';

/** Blue and red invoices are torn off the same book. */
const types = ['salesInvoice', 'redInvoice'] as const;

/** Fully electronic invoices are numbered by the tax office for the whole country: one company's numbers never follow each other. */
const countedKinds = ['special', 'general', 'threePart', 'twoPart'];

/** When more numbers than this lie between two invoices, another book was begun. */
const bookMax = 1000;

type Row = GapsAnswer['rows'][number];

/**
 * Invoice numbers that should have been issued and were not, by kind, code and book, with what became of the others: void ones and
 * those of red-letter invoices. With days, what was issued on them.
 */
export async function invoiceGaps(
  work: Work,
  span: { readonly from?: Day | undefined; readonly to?: Day | undefined },
): Promise<GapsAnswer> {
  const issued: Issued[] = [];
  for (const type of types) issued.push(...(await issuedOf(work, type, span)));
  const rows: Row[] = [];
  for (const [book, all] of Map.groupBy(issued, ({ book }) => book)) {
    const row = await bookRow(work, book, all);
    if (row.missing.length + row.void.length + row.deleted.length + (row.red ?? []).length > 0) rows.push(row);
  }
  return { rows: rows.sort((a, b) => (a.period < b.period ? -1 : 1)), next: null };
}

interface Issued {
  readonly id: number;
  readonly type: (typeof types)[number];
  readonly number: string;
  readonly code: string;
  readonly serial: number;
  readonly digits: number;
  readonly state: string;
  readonly isDeleted: boolean;
  /** Kind, code and what stands before the serial. */
  readonly book: string;
}

interface InvoiceRow {
  readonly id: number;
  readonly state: string;
  readonly deleted_at: string | null;
  readonly kind: string;
  readonly code: string | null;
  readonly number: string;
}

async function issuedOf(work: Work, type: Issued['type'], span: { from?: Day | undefined; to?: Day | undefined }): Promise<Issued[]> {
  const query = work
    .tx(tableOf(work.company.catalogue.get(type)))
    .whereIn('invoice_kind', countedKinds)
    .whereNotNull('invoice_number');
  if (span.from !== undefined) query.where('day', '>=', span.from);
  if (span.to !== undefined) query.where('day', '<=', span.to);
  const rows = (await query
    .orderBy('id')
    .select('id', 'state', 'deleted_at', { kind: 'invoice_kind', code: 'invoice_code', number: 'invoice_number' })) as InvoiceRow[];
  return rows.flatMap(({ id, state, deleted_at, kind, code, number }): Issued[] => {
    const [, head = '', digits = ''] = /^(.*?)(\d{1,15})$/.exec(number.trim()) ?? [];
    if (digits === '') return [];
    const book = `${kind}|${[code ?? '', `${head}#`].filter((piece) => piece !== '').join(' ')}`;
    return [
      { id, type, number, code: code ?? '', serial: Number(digits), digits: digits.length, state, isDeleted: deleted_at !== null, book },
    ];
  });
}

async function bookRow(work: Work, book: string, all: readonly Issued[]): Promise<Row> {
  const living = all.filter(({ isDeleted }) => !isDeleted).sort((a, b) => a.serial - b.serial);
  const missing = await withoutOthers(work, living, skipped(living));
  const named = (rows: readonly Issued[]) => rows.map(({ id, number }) => ({ id, number }));
  const taken = new Set(living.map(({ number }) => number));
  return {
    period: book,
    last: living.at(-1)?.serial ?? 0,
    missing,
    void: named(living.filter(({ type, state }) => type === 'salesInvoice' && state === 'void')),
    deleted: named(all.filter(({ isDeleted, number }) => isDeleted && !taken.has(number))),
    skipped: [],
    red: named(living.filter(({ type, state }) => type === 'redInvoice' && state === 'issued')),
  };
}

function skipped(sorted: readonly Issued[]): string[] {
  return sorted.slice(1).flatMap((next, index) => {
    const before = sorted[index];
    const count = before ? next.serial - before.serial - 1 : 0;
    if (!before || count <= 0 || count > bookMax) return [];
    const head = next.number.trim().slice(0, -next.digits);
    return Array.from({ length: count }, (_, at) => head + String(before.serial + 1 + at).padStart(next.digits, '0'));
  });
}

/** What was issued on other days is not missing. */
async function withoutOthers(work: Work, living: readonly Issued[], numbers: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const type of types) {
    for (let start = 0; start < numbers.length; start += 500) {
      const query = work
        .tx(tableOf(work.company.catalogue.get(type)))
        .whereNull('deleted_at')
        .whereIn('invoice_number', numbers.slice(start, start + 500));
      const code = living[0]?.code ?? '';
      if (code !== '') query.where({ invoice_code: code });
      for (const number of (await query.pluck('invoice_number')) as string[]) found.add(number);
    }
  }
  return numbers.filter((number) => !found.has(number));
}
