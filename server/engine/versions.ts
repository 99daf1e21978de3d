import type { RecordAnswer } from '../../shared/contracts/wire.ts';
import type { AnyRecord, Definition, Value } from '../../shared/kernel/definition.ts';
import { isDerived } from '../../shared/kernel/fields.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { isVisible } from '../access/trim.ts';
import { refuseUnlessSeen } from '../access/visibility.ts';
import type { StoredRecord } from '../database/rows.ts';
import type { Work } from '../work.ts';
import { answerFor } from './answers.ts';
import { changeRecord } from './changeRecord.ts';
import { type Differences, undo } from './differences.ts';
import { load } from './load.ts';

export interface VersionRow {
  version: number;
  at: string;
  by: number;
  byName: string | null;
  action: string;
  reason: string | null;
  changes: { path: string; before: Value; after: Value }[];
}

interface AuditRow {
  seq: number;
  at: string;
  actor: number;
  action: string;
  version: number;
  changes: string | null;
  name: string | null;
}

/** Who changed what and when, newest first; fields the actor may not see are left out. */
export async function versionsOf(work: Work, definition: Definition, id: number): Promise<VersionRow[]> {
  await refuseUnlessSeen(work, definition, id, 'read');
  const rows = await auditRows(work, definition, id, 0);
  return rows.map((row) => {
    const { reason = null } = JSON.parse(row.changes ?? '{}') as { reason?: string };
    return {
      version: row.version,
      at: row.at,
      by: row.actor,
      byName: row.name,
      action: row.action,
      reason,
      changes: changesSeen(work, definition, row.changes),
    };
  });
}

/** The changes that a line of the audit trail tells of a record, without those of fields that the actor may not see. */
export function changesSeen(work: Work, definition: Definition, changes: string | null): VersionRow['changes'] {
  const difference = JSON.parse(changes ?? '{}') as Differences;
  return changesIn(difference).filter(({ path }) => isVisible(work.actor, definition, path.replace(/\.\d+\./, '.')));
}

/** The record as it was at a version. Refuses 'record.notFound' for one that never was. */
export async function readVersion(work: Work, definition: Definition, id: number, version: number): Promise<RecordAnswer> {
  await refuseUnlessSeen(work, definition, id, 'read');
  return answerFor(work, definition, await recordAt(work, definition, id, version));
}

/** Makes an earlier version the newest one by an ordinary change: every check and right applies. */
export async function restoreVersion(
  work: Work,
  definition: Definition,
  id: number,
  version: number,
  seen: number | undefined,
): Promise<StoredRecord> {
  await refuseUnlessSeen(work, definition, id, 'change');
  const old = await recordAt(work, definition, id, version);
  const current = await load(work, definition, id);
  const writable = (fields: Definition['fields'], values: Readonly<Record<string, Value>>, path: string) =>
    Object.fromEntries(
      Object.entries(values).filter(([name]) => {
        const field = fields[name];
        return field && !isDerived(field) && !field.fixed && work.actor.fieldAccess(definition.type, path + name) === 'write';
      }),
    );
  const changedParts = Object.entries(old.parts).filter(([name, rows]) => JSON.stringify(rows) !== JSON.stringify(current.parts[name]));
  return changeRecord(work, definition, id, {
    ...(seen === undefined ? {} : { version: seen }),
    values: Object.fromEntries(
      Object.entries(writable(definition.fields, old.values, '')).filter(([name, value]) => current.values[name] !== value),
    ),
    parts: Object.fromEntries(
      changedParts.map(([name, rows]) => {
        const alive = new Set((current.parts[name] ?? []).map((row) => row.id));
        const fields = definition.parts[name]?.fields ?? {};
        return [name, rows.map((row) => ({ ...writable(fields, row, `${name}.`), ...(alive.has(row.id) ? { id: row.id } : {}) }))];
      }),
    ),
  });
}

async function recordAt(work: Work, definition: Definition, id: number, version: number): Promise<StoredRecord> {
  const current = await load(work, definition, id);
  if (!Number.isSafeInteger(version) || version < 1 || version > current.version)
    throw new Refusal('record.notFound', { type: definition.type, id });
  let record: AnyRecord = current;
  for (const row of await auditRows(work, definition, id, version)) {
    // Deeds that changed nothing (deleting, restoring) still count a version.
    record = undo(record, JSON.parse(row.changes ?? '{}') as Differences);
  }
  return { ...current, ...record, version };
}

const auditRows = (work: Work, definition: Definition, id: number, after: number): Promise<AuditRow[]> =>
  work
    .tx('audit')
    .leftJoin('users', 'users.id', 'audit.actor')
    .where({ 'audit.type': definition.type, 'audit.record_id': id })
    .where('audit.version', '>', after)
    .orderBy('audit.seq', 'desc')
    .select('audit.seq', 'audit.at', 'audit.actor', 'audit.action', 'audit.version', 'audit.changes', 'users.name') as unknown as Promise<
    AuditRow[]
  >;

function changesIn(difference: Differences): VersionRow['changes'] {
  const own = Object.entries(difference.values ?? {}).map(([path, [before, after]]) => ({ path, before, after }));
  const rows = Object.entries(difference.parts ?? {}).flatMap(([part, changes]) =>
    Object.entries(changes.changed ?? {}).flatMap(([id, cells]) =>
      Object.entries(cells).map(([name, [before, after]]) => ({ path: `${part}.${id}.${name}`, before, after })),
    ),
  );
  return [...own, ...rows];
}
