import type { RecordInput } from '../../../../shared/contracts/wire.ts';
import type { Companion, ImportPlan } from '../../../../shared/exchange/importPlan.ts';
import type { Value } from '../../../../shared/kernel/definition.ts';
import { createRecord } from '../../../engine/createRecord.ts';
import { takeStep } from '../../../engine/takeStep.ts';
import type { Work } from '../../../work.ts';
import type { FreshRecord } from './decide.ts';
import { type MadeEntries, resolve } from './missingEntries.ts';
import { noteRecords, type Storing } from './storeMany.ts';

interface Posting {
  readonly plan: ImportPlan;
  readonly fresh: readonly FreshRecord[];
  readonly ids: readonly number[];
  readonly made: MadeEntries;
  readonly storing: Storing;
}

type DocumentRule = Extract<Companion, { kind: 'document' }>;
type PartRow = Record<string, Value | undefined>;

/** Makes the documents that rows bring along, one for each head (a warehouse), and takes the step that puts them into the books. */
export async function postDocuments(
  work: Work,
  posting: Posting,
): Promise<{ counts: Record<string, number>; versions: Record<string, number> }> {
  const counts: Record<string, number> = {};
  const versions: Record<string, number> = {};
  for (const [name, rule] of Object.entries(posting.plan.companions)) {
    if (rule.kind !== 'document') continue;
    for (const [head, rows] of rowsByHead(posting, name, rule)) {
      for (const slice of slicesOf(rows, work.company.catalogue.get(rule.type).parts[rule.part]?.max ?? rows.length)) {
        versions[rule.type] = await postOne(work, posting.storing, rule, { head, rows: slice });
        counts[rule.type] = (counts[rule.type] ?? 0) + 1;
        await posting.storing.breathe();
      }
    }
  }
  return { counts, versions };
}

function rowsByHead({ fresh, ids, made }: Posting, name: string, rule: DocumentRule): Map<number, PartRow[]> {
  const byHead = new Map<number, PartRow[]>();
  for (const [at, one] of fresh.entries()) {
    for (const companion of one.companions.filter((other) => other.name === name)) {
      const pending = companion.pending.find((link) => link.field === rule.head);
      const head = pending ? resolve(made, pending) : Number(companion.draft.values[rule.head]);
      const rows = (companion.draft.parts[rule.part] ?? []).map((row): PartRow => ({ ...row, [rule.subject]: ids[at] ?? null }));
      const known = byHead.get(head) ?? [];
      known.push(...rows);
      byHead.set(head, known);
    }
  }
  return byHead;
}

/** Gives the version in which the document was left. */
async function postOne(work: Work, storing: Storing, rule: DocumentRule, of: { head: number; rows: PartRow[] }): Promise<number> {
  const definition = work.company.catalogue.get(rule.type);
  const parts = { [rule.part]: of.rows.map((row) => writable(work, rule, row)) };
  const document = await createRecord(work, definition, { values: { [rule.head]: of.head }, parts } as RecordInput);
  const posted = await takeStep(work, definition, document.id, rule.step, { version: document.version });
  await noteRecords(work, storing.importId, [{ row: 0, type: rule.type, id: document.id }]);
  return posted.version;
}

/** Fields a row left empty are left to the definition. */
const writable = (work: Work, rule: DocumentRule, row: PartRow): PartRow =>
  Object.fromEntries(
    Object.entries(row).filter(
      ([field, value]) => value !== null && value !== undefined && work.actor.fieldAccess(rule.type, `${rule.part}.${field}`) === 'write',
    ),
  );

function slicesOf<T>(rows: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, index) => rows.slice(index * size, (index + 1) * size));
}
