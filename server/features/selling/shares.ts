import type { Share, SharedAmounts, ShareFacts } from '../../../shared/documents/shares.ts';
import type { AnyRecord, AnyRow, Definition } from '../../../shared/kernel/definition.ts';
import { mulDiv } from '../../../shared/kernel/numbers.ts';
import { marksOf, quoted, rowsOf } from '../../database/rows.ts';
import { columnOf, partTableOf, tableOf } from '../../database/tables.ts';
import { load, lock } from '../../engine/load.ts';
import type { Work } from '../../work.ts';
import { type Exchange, exchangeOf } from '../trade/currencies.ts';

/** How rows find the row that sets their amounts: `type` is where it stands, `column` where own rows remember its id. */
export interface SharingWay {
  readonly type: string;
  readonly column: string;
}

/**
 * By row of the document's lines: the row of `way.type` it came from, through however many papers, what that is worth, and what
 * posted documents of the same type have taken of it so far. Those documents are locked.
 */
export async function sharesOf(work: Work, definition: Definition, document: AnyRecord, way: SharingWay): Promise<ShareFacts> {
  const places = await placesOf(work, document.parts.lines ?? [], way.type);
  const target = work.company.catalogue.get(way.type);
  const origins = new Map<number, AnyRecord>();
  for (const id of [...new Set([...places.values()].map((place) => place.id))].sort((a, b) => a - b)) {
    origins.set(id, await lock(work, target, id));
  }
  const exchange = await exchangeOf(work);
  const taken = await takenOf(work, definition, document, { way, rows: [...new Set([...places.values()].map((place) => place.row))] });
  const found: Record<number, Share> = {};
  for (const [own, place] of places) {
    const origin = origins.get(place.id);
    const row = origin?.parts.lines?.find(({ id }) => id === place.row);
    if (!origin || !row) continue;
    const { digits } = exchange.of(Number(origin.values.currency));
    const whole = worthOf(origin, row, exchange);
    found[own] = {
      type: way.type,
      id: place.id,
      state: origin.state ?? null,
      head: origin.values,
      row,
      currencyDigits: digits,
      whole,
      taken: taken.get(row.id) ?? nothing,
    };
  }
  return found;
}

interface Place {
  readonly id: number;
  readonly row: number;
}

/** Where each line began: back from paper to paper until it stands at the type that is looked for. */
async function placesOf(work: Work, lines: readonly AnyRow[], type: string): Promise<ReadonlyMap<number, Place>> {
  const places = new Map<number, Place>();
  const papers = new Map<string, AnyRecord>();
  for (const line of lines) {
    let at: AnyRow | undefined = line;
    while (at && isSourced(at) && at.sourceType !== type) at = await rowBefore(work, at, papers);
    if (at && isSourced(at)) places.set(line.id, { id: Number(at.source), row: Number(at.sourceRow) });
  }
  return places;
}

const isSourced = (row: AnyRow): boolean => Boolean(row.sourceType && row.source && row.sourceRow);

async function rowBefore(work: Work, row: AnyRow, known: Map<string, AnyRecord>): Promise<AnyRow | undefined> {
  const definition = work.company.catalogue.find(String(row.sourceType));
  if (!definition) return undefined;
  const key = `${row.sourceType}:${row.source}`;
  const paper = known.get(key) ?? (await load(work, definition, Number(row.source)));
  known.set(key, paper);
  return paper.parts.lines?.find(({ id }) => id === row.sourceRow);
}

const nothing = { quantity: 0, netAmount: 0, grossAmount: 0, baseNetAmount: 0, cost: 0 };

/** What a line is worth as a whole. An order keeps no base amounts; its own rate makes them. */
function worthOf(origin: AnyRecord, row: AnyRow, exchange: Exchange): SharedAmounts {
  const { digits } = exchange.of(Number(origin.values.currency));
  const netAmount = Number(row.netAmount ?? 0);
  const rate = Number(origin.values.exchangeRate ?? 1_000_000_000);
  const inBase = mulDiv([netAmount, rate, 10 ** exchange.base.digits], [1_000_000_000, 10 ** digits]);
  return {
    netAmount,
    grossAmount: Number(row.grossAmount ?? 0),
    baseNetAmount: row.baseNetAmount === undefined ? inBase : Number(row.baseNetAmount ?? 0),
    cost: Number(row.cost ?? 0),
  };
}

interface Taken {
  readonly way: SharingWay;
  readonly rows: readonly number[];
}

async function takenOf(
  work: Work,
  definition: Definition,
  document: AnyRecord,
  { way, rows }: Taken,
): Promise<Map<number, Share['taken']>> {
  const column = `r.${quoted(columnOf(way.column))}`;
  const names = Object.keys(nothing) as (keyof typeof nothing)[];
  const amounts = names.map((name) => `, sum(r.${quoted(columnOf(name))}) as ${quoted(name)}`).join('');
  const standing = Object.values(definition.steps ?? {}).flatMap((step) => (step.feeds ? [step.to] : []));
  const sums = new Map<number, Share['taken']>();
  for (let start = 0; start < rows.length; start += 500) {
    const few = rows.slice(start, start + 500);
    const from = way.column === 'sourceRow' ? ' and r."source_type" = ?' : '';
    const text =
      `select ${column} as "row"${amounts} from ${quoted(partTableOf(definition, 'lines'))} r ` +
      `join ${quoted(tableOf(definition))} d on d."id" = r."parent" where ${column} in (${marksOf(few)}) ` +
      `and d."state" in (${marksOf(standing)}) and d."deleted_at" is null and d."id" <> ?${from} group by ${column}`;
    for (const sum of await rowsOf(work.tx, text, [...few, ...standing, document.id, ...(from ? [way.type] : [])]))
      sums.set(Number(sum.row), Object.fromEntries(names.map((name) => [name, Number(sum[name] ?? 0)])) as Share['taken']);
  }
  return sums;
}
