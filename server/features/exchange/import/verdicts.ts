import type { RowMatch } from '../../../../shared/exchange/importAnswers.ts';
import type { ImportPlan } from '../../../../shared/exchange/importPlan.ts';
import type { Definition } from '../../../../shared/kernel/definition.ts';
import { visibleIds } from '../../../access/visibility.ts';
import { columnOf, tableOf } from '../../../database/tables.ts';
import type { Work } from '../../../work.ts';
import type { CheckedRow, CompanyMatch } from './rowReading.ts';
import { sameDocuments } from './sameDocuments.ts';

/**
 * Gives every row its verdict, in the order of the file. The first that applies counts: no name, the same as an earlier
 * row, a record the company has, like an earlier row or record, a value that cannot be taken, a name that looks like a
 * formula, clean. Every named row is remembered, also one that is refused itself.
 */
export function judge(plan: ImportPlan, definition: Definition) {
  const seen = {
    repeats: new Map<string, number>(),
    likes: new Map<string, number>(),
    names: new Map<string, number>(),
    uniques: new Map<string, number>(),
    refused: new Set<number>(),
  };
  const { repeat, like } = plan.verdicts;
  const uniques = Object.keys(definition.fields).filter((name) => definition.fields[name]?.unique);

  return (row: CheckedRow, found: CompanyMatch | undefined): void => {
    if (row.kind === 'emptyName' || row.kind === 'nothing') return;
    const repeatKey = repeat.by === 'row' ? row.mark : `${codeOf(definition, row)}|${row.fold}`;
    const likeKey = likeKeyOf(row);
    const repeated = seen.repeats.get(repeatKey);
    const likened = likeKey === null ? undefined : seen.likes.get(likeKey);
    const twin = row.fold === null ? undefined : seen.names.get(row.fold);
    const verdict = verdictOf(row, { repeated, twin, likened, found });
    row.kind = verdict.kind;
    if (verdict.match) row.match = verdict.match;
    if (repeated === undefined) seen.repeats.set(repeatKey, row.row);
    if (likeKey !== null && likened === undefined) seen.likes.set(likeKey, row.row);
    refuseTwins(row);
    // A name that is refused is still free for a later row.
    if (row.problems.length > 0 || row.kind === repeat.kind) seen.refused.add(row.row);
    else if (row.fold !== null && twin === undefined) seen.names.set(row.fold, row.row);
  };

  function likeKeyOf({ near, fold, same }: CheckedRow): string | null {
    const keys = { near, fold, same: same ?? null, none: null };
    return keys[like.by];
  }

  function verdictOf(
    row: CheckedRow,
    of: { repeated?: number; twin?: number; likened?: number; found?: CompanyMatch },
  ): { kind: string; match?: RowMatch } {
    if (of.repeated !== undefined) return { kind: repeat.kind, match: { row: of.repeated, likeness: 'exact' } };
    if (of.found?.conflict)
      row.problems.push({ code: 'import.twoMatches', facts: { first: of.found.title, second: of.found.conflict }, text: row.title });
    if (of.found?.isSame) return { kind: 'existing', match: matchFrom(of.found) };
    if (of.found?.isTwin) return { kind: like.kind, match: matchFrom(of.found) };
    if (of.twin !== undefined && like.by !== 'none') return { kind: like.kind, match: { row: of.twin, likeness: 'exact' } };
    if (of.found) return { kind: like.kind, match: matchFrom(of.found) };
    if (of.likened !== undefined) return { kind: like.kind, match: likeRow(of.likened) };
    if (row.problems.length > 0) return { kind: faultOf(plan, row) };
    return { kind: row.isFormula ? 'formulaText' : 'clean' };
  }

  function likeRow(row: number): RowMatch {
    const isFixed = plan.document !== undefined || seen.refused.has(row);
    return { row, likeness: 'near', ...(isFixed ? { changeable: false } : {}) };
  }

  /** A code may stand in a file once: the second row that claims it is refused. */
  function refuseTwins(row: CheckedRow): void {
    for (const name of uniques) {
      const value = row.draft.values[name];
      if (typeof value !== 'string') continue;
      const first = seen.uniques.get(`${name}|${value}`);
      if (first === undefined) seen.uniques.set(`${name}|${value}`, row.row);
      else if (row.kind === 'clean' || row.kind === like.kind || row.kind === 'formulaText') {
        row.problems.push({ code: 'import.codeTwice', facts: { value, row: first, field: name }, text: value });
        if (row.kind === 'clean') row.kind = faultOf(plan, row);
      }
    }
  }
}

/** The name of the first fault in the plan's order that the row has; what the plan does not name is 'badValue'. */
function faultOf(plan: ImportPlan, row: CheckedRow): string {
  const columns = new Map(row.problems.map((problem) => [problem.target ?? '', problem.code]));
  const fault = plan.faults.find(({ target, code }) => columns.has(target) && (code === undefined || columns.get(target) === code));
  return fault?.kind ?? 'badValue';
}

const codeOf = (definition: Definition, row: CheckedRow): string => String(row.draft.values[definition.numbering?.field ?? 'code'] ?? '');

function matchFrom(found: CompanyMatch): RowMatch {
  return {
    ...(found.isVisible ? { id: found.id } : {}),
    title: found.title,
    likeness: found.isSame || found.isTwin ? 'exact' : 'near',
    changeable: found.isChangeable,
  };
}

/** What the company already has of some rows, by row number; one query for each kind of key. */
export async function matchesInCompany(
  work: Work,
  plan: ImportPlan,
  definition: Definition,
  rows: readonly CheckedRow[],
): Promise<Map<number, CompanyMatch>> {
  if (plan.document) return sameDocuments(work, rows);
  const uniques = Object.keys(definition.fields).filter((name) => definition.fields[name]?.unique);
  const byUnique = new Map<string, KeyRow>();
  for (const name of uniques) {
    const values = rows.map((row) => row.draft.values[name]).filter((value) => typeof value === 'string');
    for (const found of await rowsBy(work, definition, columnOf(name), values)) byUnique.set(`${name}|${found.key}`, found);
  }
  const folds = definition.duplicates
    ? await keyed(
        work,
        definition,
        'fold_key',
        rows.map((row) => row.fold),
      )
    : new Map<string, KeyRow>();
  const nears = definition.duplicates?.near
    ? await keyed(
        work,
        definition,
        'near_key',
        rows.map((row) => row.near),
      )
    : new Map<string, KeyRow>();
  const pairs = rows.flatMap((row) => {
    const unique = uniques.map((name) => byUnique.get(`${name}|${row.draft.values[name]}`)).find((found) => found !== undefined);
    const match = matchOf(plan, definition, row, { unique, fold: folds.get(row.fold ?? ''), near: nears.get(row.near ?? '') });
    return match ? [[row.row, match] as const] : [];
  });
  const ids = pairs.map(([, match]) => match.id);
  const visible = await visibleIds(work, definition, ids, 'read');
  const changeable = await visibleIds(work, definition, ids, 'change');
  return new Map(
    pairs.map(([row, match]) => [row, { ...match, isVisible: visible.has(match.id), isChangeable: changeable.has(match.id) }]),
  );
}

interface KeyRow {
  readonly id: number;
  readonly title: string;
  readonly key: string;
}

function matchOf(
  plan: ImportPlan,
  definition: Definition,
  row: CheckedRow,
  { unique, fold, near }: { unique: KeyRow | undefined; fold: KeyRow | undefined; near: KeyRow | undefined },
): CompanyMatch | undefined {
  const unknown = { isVisible: false, isChangeable: false };
  if (unique)
    return {
      id: unique.id,
      title: unique.title,
      isSame: true,
      isTwin: false,
      ...unknown,
      ...(fold && fold.id !== unique.id ? { conflict: fold.title } : {}),
    };
  if (fold) {
    // The same goods under another code are a question; without a code of its own the row means the record it names.
    const isOther = plan.verdicts.like.by === 'fold' && codeOf(definition, row) !== '';
    return { id: fold.id, title: fold.title, isSame: !isOther, isTwin: true, ...unknown };
  }
  return near ? { id: near.id, title: near.title, isSame: false, isTwin: false, ...unknown } : undefined;
}

async function keyed(work: Work, definition: Definition, column: string, keys: readonly (string | null)[]): Promise<Map<string, KeyRow>> {
  const found = await rowsBy(
    work,
    definition,
    column,
    keys.filter((key) => key !== null),
  );
  return new Map(found.toReversed().map((row) => [row.key, row]));
}

async function rowsBy(work: Work, definition: Definition, column: string, keys: readonly string[]): Promise<KeyRow[]> {
  const wanted = [...new Set(keys)];
  const found: KeyRow[] = [];
  for (let start = 0; start < wanted.length; start += 500) {
    const query = work
      .tx(tableOf(definition))
      .whereNull('deleted_at')
      .whereIn(column, wanted.slice(start, start + 500))
      .orderBy('id');
    found.push(...((await query.select('id', { title: columnOf(definition.title), key: column })) as KeyRow[]));
  }
  return found;
}
