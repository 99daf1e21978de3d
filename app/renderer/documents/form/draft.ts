import type { Titles } from '../../../../shared/contracts/wire.ts';
import type { AnyRow, Value } from '../../../../shared/kernel/definition.ts';
import type { DraftContent, Reckon } from './calculations.ts';

export interface DraftState {
  /** As it was opened or last saved. */
  readonly base: DraftContent;
  readonly now: DraftContent;
  readonly past: readonly DraftContent[];
  readonly future: readonly DraftContent[];
  readonly titles: Titles;
  /** Typing on in the same place is one step of undo. */
  readonly place: string | null;
  readonly lastRowId: number;
}

export type RowValues = Record<string, Value | undefined>;
export interface RowChange {
  readonly row: number;
  readonly values: RowValues;
}

export type DraftAction =
  | { type: 'open'; content: DraftContent; titles: Titles; base?: DraftContent }
  /** The server holds a newer version and nothing was typed, or what was typed has been merged: `now` stays on top of `base`. */
  | { type: 'rebase'; base: DraftContent; now: DraftContent; titles: Titles }
  | { type: 'values'; values: RowValues; titles?: Titles; place?: string; withoutReckoning?: boolean }
  | { type: 'cells'; part: string; changes: readonly RowChange[]; titles?: Titles; joins?: boolean }
  | { type: 'insert'; part: string; at: number; rows: readonly RowValues[]; titles?: Titles; joins?: boolean }
  | { type: 'remove'; part: string; rows: readonly number[] }
  | { type: 'shift'; part: string; rows: readonly number[]; by: 1 | -1 }
  | { type: 'paste'; part: string; at: number; rows: readonly RowValues[]; fresh: RowValues; titles?: Titles }
  | { type: 'titles'; titles: Titles }
  | { type: 'reckon' }
  | { type: 'undo' }
  | { type: 'redo' };

/** How many steps Ctrl+Z can go back. */
const stepsMax = 100;

export const emptyDraft: DraftState = {
  base: { values: {}, parts: {} },
  now: { values: {}, parts: {} },
  past: [],
  future: [],
  titles: {},
  place: null,
  lastRowId: 0,
};

/** Everything that can happen to an open form, in one place; `reckon` derives the sums after each change. */
export function changeDraft(state: DraftState, action: DraftAction, reckon: Reckon): DraftState {
  switch (action.type) {
    case 'open': {
      const opened = numbered(action.content, 0);
      const base = action.base ? numbered(action.base, 0).content : opened.content;
      return { ...emptyDraft, base, now: opened.content, titles: action.titles, lastRowId: opened.lastRowId };
    }
    case 'rebase':
      return {
        ...state,
        base: action.base,
        now: reckon(action.now),
        titles: mergeTitles(state.titles, action.titles),
        past: [],
        future: [],
      };
    case 'titles':
      return { ...state, titles: mergeTitles(state.titles, action.titles) };
    case 'reckon': {
      const now = reckon(state.now);
      return now === state.now ? state : { ...state, now };
    }
    case 'undo':
      return stepBack(state);
    case 'redo':
      return stepForward(state);
    default:
      return edit(state, action, reckon);
  }
}

type Edit = Extract<DraftAction, { type: 'values' | 'cells' | 'insert' | 'remove' | 'shift' | 'paste' }>;

function edit(state: DraftState, action: Edit, reckon: Reckon): DraftState {
  const { content, lastRowId } = applied(state, action);
  const isPlain = action.type === 'values' && action.withoutReckoning === true;
  const now = isPlain ? content : reckon(content);
  const place = action.type === 'values' ? (action.place ?? null) : null;
  const joins = ('joins' in action && action.joins === true) || (place !== null && place === state.place);
  const past = joins && state.past.length > 0 ? state.past : [...state.past, state.now].slice(-stepsMax);
  const titles = 'titles' in action && action.titles ? mergeTitles(state.titles, action.titles) : state.titles;
  return { ...state, now, past, future: [], titles, place, lastRowId };
}

function applied(state: DraftState, action: Edit): { content: DraftContent; lastRowId: number } {
  const { now, lastRowId } = state;
  if (action.type === 'values') return { content: { ...now, values: { ...now.values, ...defined(action.values) } }, lastRowId };
  const rows = now.parts[action.part] ?? [];
  const withRows = (changed: AnyRow[], last = lastRowId) => ({
    content: { ...now, parts: { ...now.parts, [action.part]: changed } },
    lastRowId: last,
  });
  if (action.type === 'cells') return withRows(withCells(rows, action.changes));
  if (action.type === 'remove') return withRows(rows.filter((row) => !action.rows.includes(row.id)));
  if (action.type === 'shift') return withRows(shifted(rows, action.rows, action.by));
  if (action.type === 'paste') {
    const over = action.rows.slice(0, Math.max(0, rows.length - action.at));
    const changes = over.map((values, index) => ({ row: rows[action.at + index]?.id ?? 0, values }));
    const added = action.rows.slice(over.length).map((values, index) => newRow(lastRowId - 1 - index, { ...action.fresh, ...values }));
    return withRows([...withCells(rows, changes), ...added], lastRowId - added.length);
  }
  const added = action.rows.map((values, index) => newRow(lastRowId - 1 - index, values));
  return withRows([...rows.slice(0, action.at), ...added, ...rows.slice(action.at)], lastRowId - added.length);
}

function withCells(rows: AnyRow[], changes: readonly RowChange[]): AnyRow[] {
  const byRow = new Map(changes.map((change) => [change.row, change.values]));
  return rows.map((row) => {
    const values = byRow.get(row.id);
    return values ? { ...row, ...defined(values), id: row.id } : row;
  });
}

/** Rows move past their neighbour together; at the edge they stay. */
function shifted(rows: AnyRow[], ids: readonly number[], by: 1 | -1): AnyRow[] {
  const picked = rows.flatMap((row, index) => (ids.includes(row.id) ? [index] : []));
  const edge = by < 0 ? picked[0] : picked.at(-1);
  if (edge === undefined || edge + by < 0 || edge + by >= rows.length) return rows;
  const result = [...rows];
  for (const index of by < 0 ? picked : picked.toReversed()) {
    const [one, other] = [result[index], result[index + by]];
    if (one && other) [result[index], result[index + by]] = [other, one];
  }
  return result;
}

function stepBack(state: DraftState): DraftState {
  const previous = state.past.at(-1);
  if (!previous) return state;
  return { ...state, now: previous, past: state.past.slice(0, -1), future: [state.now, ...state.future], place: null };
}

function stepForward(state: DraftState): DraftState {
  const [next, ...future] = state.future;
  if (!next) return state;
  return { ...state, now: next, past: [...state.past, state.now], future, place: null };
}

/** A row may bring the id it goes by until it is saved, so that whoever adds it can name it at once. */
function newRow(id: number, values: RowValues): AnyRow {
  const { id: own, ...rest } = values;
  return { ...defined(rest), id: typeof own === 'number' && own < 0 ? own : id };
}

function defined(values: RowValues): Record<string, Value> {
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, Value] => entry[1] !== undefined));
}

/** Rows without an id of their own get the next negative ones. */
function numbered(content: DraftContent, last: number): { content: DraftContent; lastRowId: number } {
  let lastRowId = last;
  const idFor = (row: AnyRow): number => {
    if (row.id > 0) return row.id;
    lastRowId -= 1;
    return lastRowId;
  };
  const parts = Object.fromEntries(
    Object.entries(content.parts).map(([name, rows]) => [name, rows.map((row) => ({ ...row, id: idFor(row) }))]),
  );
  return { content: { values: content.values, parts }, lastRowId };
}

export function mergeTitles(known: Titles, more: Titles): Titles {
  const result = { ...known };
  for (const [type, names] of Object.entries(more)) result[type] = { ...result[type], ...names };
  return result;
}
