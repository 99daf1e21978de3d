import type { RecordInput } from '../../../../shared/contracts/wire.ts';
import type { DocumentRule, ImportPlan } from '../../../../shared/exchange/importPlan.ts';
import type { Value } from '../../../../shared/kernel/definition.ts';
import { createRecord } from '../../../engine/createRecord.ts';
import { takeStep } from '../../../engine/takeStep.ts';
import type { Work } from '../../../work.ts';
import type { FreshRecord } from './decide.ts';
import { noteRecords, type Storing } from './storeMany.ts';

interface StoredDocuments {
  /** How many were made, by type. */
  readonly counts: Record<string, number>;
  /** The version in which each type's documents were left. */
  readonly versions: Record<string, number>;
}

/** Makes the documents of the rows, each through the same door as a person would, and takes the step that puts them into the books. */
export async function storeDocuments(
  work: Work,
  plan: ImportPlan,
  rule: DocumentRule,
  of: { fresh: readonly FreshRecord[]; storing: Storing },
): Promise<StoredDocuments> {
  const stored: StoredDocuments = { counts: {}, versions: {} };
  for (const rows of gathered(work, plan, of.fresh)) {
    const [first] = rows;
    if (!first) continue;
    const definition = work.company.catalogue.get(first.type ?? plan.type);
    const document = await createRecord(work, definition, inputFrom(work, plan, definition.type, rows));
    const { version } = await takeStep(work, definition, document.id, rule.step, { version: document.version });
    await noteRecords(work, of.storing.importId, [{ row: first.row, type: definition.type, id: document.id }]);
    stored.counts[definition.type] = (stored.counts[definition.type] ?? 0) + 1;
    stored.versions[definition.type] = version;
    of.storing.onStored(rows.length);
    await of.storing.breathe();
  }
  return stored;
}

/** The rows of each document: one, or those with equal heads as far as a document holds them. */
function gathered(work: Work, plan: ImportPlan, fresh: readonly FreshRecord[]): FreshRecord[][] {
  if (plan.part === undefined) return fresh.map((one) => [one]);
  const max = work.company.catalogue.get(plan.type).parts[plan.part]?.max ?? fresh.length;
  const byHead = Map.groupBy(fresh, ({ draft }) => JSON.stringify(draft.values));
  return [...byHead.values()].flatMap((rows) =>
    Array.from({ length: Math.ceil(rows.length / max) }, (_, at) => rows.slice(at * max, (at + 1) * max)),
  );
}

/** What the rows say, without what is left to the definition or may not be written by the person. */
function inputFrom(work: Work, plan: ImportPlan, type: string, rows: readonly FreshRecord[]): RecordInput {
  const may = (values: Readonly<Record<string, Value | undefined>>, place: string): Record<string, Value> =>
    Object.fromEntries(
      Object.entries(values).flatMap(([name, value]) =>
        value !== null && value !== undefined && work.actor.fieldAccess(type, `${place}${name}`) === 'write' ? [[name, value]] : [],
      ),
    );
  const parts = [plan.part, plan.detail?.part].flatMap((part) =>
    part === undefined ? [] : [[part, rows.flatMap(({ draft }) => draft.parts[part] ?? []).map((row) => may(row, `${part}.`))]],
  );
  return { values: may(rows[0]?.draft.values ?? {}, ''), ...(parts.length > 0 ? { parts: Object.fromEntries(parts) } : {}) };
}
