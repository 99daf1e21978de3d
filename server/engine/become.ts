import type { Titles } from '../../shared/contracts/wire.ts';
import type { AnyRecord, AnyRow, Becoming, Definition, Value } from '../../shared/kernel/definition.ts';
import { isDerived } from '../../shared/kernel/fields.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { trimRecord } from '../access/trim.ts';
import { refuseUnlessMay, refuseUnlessSeen } from '../access/visibility.ts';
import type { Work } from '../work.ts';
import { titlesOf } from './answers.ts';
import { load } from './load.ts';
import { withProposedRows } from './proposals.ts';
import { calculated } from './store.ts';

export interface Source {
  readonly type: string;
  readonly id: number;
  /** Which rows and how much of each (in the unit of the field that receives it); everything that is open when left out. */
  readonly rows?: readonly { readonly id: number; readonly amount?: number | undefined }[] | undefined;
}

export interface Proposal {
  values: Record<string, Value>;
  parts: Record<string, AnyRow[]>;
  titles: Titles;
}

/**
 * What a new document of this type would hold if it came from these sources: heads copied, open rows with what is left of
 * them. Nothing is stored. Refuses 'flow.noWay', 'flow.sourceNotReady', 'flow.otherWay', 'flow.different' {field} when sources do not
 * belong together, 'flow.nothingOpen'.
 */
export async function propose(work: Work, target: Definition, sources: readonly Source[]): Promise<Proposal> {
  const { values, parts } = await proposed(work, target, sources);
  return { values, parts, titles: await titlesOf(work, target, { values, parts }) };
}

/** The same for a program that needs no names. */
export async function proposed(work: Work, target: Definition, sources: readonly Source[]): Promise<Omit<Proposal, 'titles'>> {
  refuseUnlessMay(work, target, 'create');
  if (sources.length === 0 || sources.length > 200) throw new Refusal('flow.noSources', { max: 200 });
  let proposal: AnyRecord = { id: 0, version: 0, type: target.type, values: {}, parts: {} };
  for (const source of sources) proposal = await addSource(work, target, proposal, source);
  if (Object.values(proposal.parts).every((rows) => rows.length === 0)) throw new Refusal('flow.nothingOpen');
  const whole = await withProposedRows(work, target, proposal);
  const { values, parts } = trimRecord(work.actor, target, await calculated(work, target, whole));
  return { values, parts };
}

async function addSource(work: Work, target: Definition, proposal: AnyRecord, source: Source): Promise<AnyRecord> {
  const definition = work.company.catalogue.find(source.type);
  const becoming = definition?.becomes?.[target.type];
  if (!definition || !becoming) throw new Refusal('flow.noWay', { from: source.type, to: target.type });
  await refuseUnlessSeen(work, definition, source.id, 'read');
  const document = await load(work, definition, source.id);
  refuseUnready(document, becoming);
  const head = pick(becoming.head, document.values, target.fields);
  const isFirst = Object.keys(proposal.values).length === 0;
  const differing = becoming.same.find((field) => !isFirst && proposal.values[headTargetOf(becoming, field)] !== document.values[field]);
  if (differing)
    throw new Refusal('flow.different', { field: differing }, [{ path: headTargetOf(becoming, differing), code: 'flow.different' }]);
  const part = becoming.into.part;
  const rows = [...(proposal.parts[part] ?? []), ...openRows(target, becoming, document, source)];
  return { ...proposal, values: isFirst ? head : proposal.values, parts: { ...proposal.parts, [part]: rows } };
}

/** How much of a row (or of a whole document) can still be taken, in the unit of its limit. */
export const openOf = (from: Readonly<Record<string, Value>>, becoming: Becoming): number =>
  Number(from[becoming.limit] ?? 0) - (becoming.unlimited ? 0 : Number(from[becoming.feeds] ?? 0));

/** Refuses 'flow.sourceNotReady' in a state nothing comes from, 'flow.otherWay' when the source goes another way. */
export function refuseUnready(source: AnyRecord, becoming: Becoming): void {
  const number = String(source.values.number ?? '');
  if (!becoming.from.includes(source.state ?? '')) throw new Refusal('flow.sourceNotReady', { number, state: source.state ?? '' });
  if (!goesThisWay(source, becoming)) throw new Refusal('flow.otherWay', { number });
}

const goesThisWay = (source: AnyRecord, becoming: Becoming): boolean =>
  Object.entries(becoming.when ?? {}).every(([field, values]) => values.includes(source.values[field] ?? null));

const headTargetOf = (becoming: Becoming, field: string): string =>
  Object.entries(becoming.head).find(([, from]) => from === field)?.[0] ?? field;

/** The rows of a document that can still become something else, with what is left of each in the receiving field. */
export function openRows(target: Definition, becoming: Becoming, document: AnyRecord, source: Source): AnyRow[] {
  const fields = target.parts[becoming.into.part]?.fields ?? {};
  const holders: readonly (AnyRow | null)[] = becoming.each === 'document' ? [null] : (document.parts[becoming.each.part] ?? []);
  return holders.flatMap((holder) => {
    const from = holder ?? document.values;
    const open = openOf(from, becoming);
    const offered = becoming.offers ? openOf(from, { ...becoming, limit: becoming.offers }) : open;
    const chosen = source.rows && holder ? source.rows.find((row) => row.id === holder.id) : { amount: source.rows?.[0]?.amount };
    const amount = Math.min(chosen?.amount ?? offered, open);
    if (!chosen || amount <= 0) return [];
    const row = {
      id: 0,
      ...(holder ? pick(becoming.row, holder, fields) : {}),
      sourceType: document.type,
      source: document.id,
      sourceRow: holder?.id ?? null,
      ...('sourceNumber' in fields ? { sourceNumber: document.values.number ?? null } : {}),
      ...('sourceTotal' in fields ? { sourceTotal: Number(from[becoming.limit] ?? 0), sourceOpen: open } : {}),
      ...('sourceRate' in fields ? { sourceRate: document.values.exchangeRate ?? null } : {}),
      [becoming.into.field]: amount,
    };
    return [row as AnyRow];
  });
}

function pick(
  map: Readonly<Record<string, string>>,
  from: Readonly<Record<string, Value>>,
  fields: Definition['fields'],
): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(map).flatMap(([to, field]) => {
      const known = fields[to];
      const value = from[field];
      return known && !isDerived(known) && value !== undefined ? [[to, value]] : [];
    }),
  );
}
