import { actorOf } from '../../server/access/rights.ts';
import type { Admission } from '../../server/access/signIn.ts';
import { clock } from '../../server/clock.ts';
import { type DraftRow, insertRecord } from '../../server/database/rows.ts';
import { look, transact } from '../../server/engine/transact.ts';
import type { Announcement, Company, Work } from '../../server/work.ts';
import { catalogue } from '../../shared/catalogue.ts';
import { dayOf, instantOf, msOf } from '../../shared/kernel/days.ts';
import type { Operation, Scope, Value } from '../../shared/kernel/definition.ts';
import { openWith, type StoreKind } from '../stores/stores.ts';

/** A small company with people, and a hand on the clock. */
export interface Office {
  readonly company: Company;
  /** What was announced after commits, in order. */
  readonly announced: Announcement[];
  readonly add: (type: string, values: Record<string, Value>, parts?: Record<string, DraftRow[]>, state?: string) => Promise<number>;
  readonly addPosition: (of: PositionSketch) => Promise<number>;
  readonly addUser: (login: string, department: number, positions: number[]) => Promise<number>;
  readonly as: <T>(userId: number, run: (work: Work) => Promise<T>) => Promise<T>;
  readonly lookAs: <T>(userId: number, run: (work: Work) => Promise<T>) => Promise<T>;
  readonly passMs: (ms: number) => void;
  readonly close: () => Promise<void>;
}

export interface PositionSketch {
  readonly name?: string;
  readonly administrator?: boolean;
  readonly grants?: readonly (readonly [type: string, operation: Operation, scope: Scope])[];
  readonly special?: readonly string[];
  readonly fieldRights?: readonly (readonly [type: string, field: string, access: 'hidden' | 'readOnly'])[];
}

export const start = '2026-11-23T02:00:00.000Z';

export async function openOffice(kind: StoreKind, code = 'main'): Promise<Office> {
  let nowMs = msOf(start);
  clock.now = () => nowMs;
  const announced: Announcement[] = [];
  const store = await openWith(kind, catalogue.definitions);
  const company: Company = {
    code,
    name: '宏达贸易有限公司',
    folder: '',
    catalogue,
    store,
    timeZone: 'Asia/Shanghai',
    announce: (changes) => announced.push(...changes),
    report: (fault) => {
      throw fault;
    },
  };
  let positions = 0;
  const add: Office['add'] = async (type, values, parts, state) => {
    const definition = catalogue.get(type);
    const stamps = { at: start, by: 0 };
    const record = { values, ...(parts ? { parts } : {}), ...(definition.states ? { state: state ?? 'draft' } : {}), stamps };
    return (await store.write((tx) => insertRecord(tx, definition, record))).id;
  };
  return {
    company,
    announced,
    add,
    addPosition: ({ name, administrator = false, grants = [], special = [], fieldRights = [] }) => {
      positions += 1;
      const parts = {
        grants: grants.map(([type, operation, scope]) => ({ type, operation, scope })),
        specialRights: special.map((right) => ({ right })),
        fieldRights: fieldRights.map(([type, field, access]) => ({ type, field, access })),
      };
      return add('position', { name: name ?? `position ${positions}`, administrator }, parts);
    },
    addUser: (login, department, held) =>
      add('user', { login, name: login, department, employment: 'employed' }, { positions: held.map((position) => ({ held: position })) }),
    as: async (userId, run) => transact(company, await actorOf(company, userId), run),
    lookAs: async (userId, run) => look(company, await actorOf(company, userId), run),
    passMs: (ms) => {
      nowMs += ms;
    },
    close: () => store.close(),
  };
}

/** The day in the office, so many days on. */
export const dayAfter = (days: number): string => dayOf(instantOf(msOf(start) + days * 86_400_000), 'Asia/Shanghai');

/** Whoever has come in; fails where a second step was asked for. */
export function cameIn(admission: Admission): Extract<Admission, { token: string }> {
  if ('second' in admission) throw new Error('a second step was asked for');
  return admission;
}

/** The code a promise is refused with; fails when it is not refused. */
export async function refusalOf(promise: Promise<unknown>): Promise<{ code: string; facts: unknown }> {
  try {
    await promise;
  } catch (error) {
    const { code, facts } = error as { code?: string; facts?: unknown };
    if (code === undefined) throw error;
    return { code, facts };
  }
  throw new Error('it was not refused');
}
