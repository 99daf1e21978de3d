import type { Knex } from 'knex';
import type { EndReason, SignInLine, SignInResult, SignInsAnswer } from '../../shared/contracts/signIns.ts';
import { type Instant, instantOf } from '../../shared/kernel/days.ts';
import { clock } from '../clock.ts';

/** A try to come in, as it is written down. */
export interface SignInTry {
  readonly login: string;
  /** Whom the login belongs to; without one, what was typed is not kept. */
  readonly user?: number | undefined;
  readonly address: string;
  readonly device?: string | undefined;
  readonly userAgent?: string | undefined;
  readonly result: SignInResult;
  readonly session?: number;
}

/** Writes a try to come in into the history. Gives the number of its line. */
export async function noteSignIn(tx: Knex, entry: SignInTry): Promise<number> {
  const row = {
    at: instantOf(clock.now()),
    user: entry.user ?? null,
    // What nobody here is called may be a password typed into the wrong box.
    login: entry.user === undefined ? `${[...entry.login].slice(0, 2).join('')}…` : entry.login,
    address: entry.address,
    device: entry.device?.slice(0, 200) ?? null,
    user_agent: entry.userAgent?.slice(0, 300) ?? null,
    result: entry.result,
    session: entry.session ?? null,
  };
  const [line] = (await tx('sign_ins').insert(row).returning('id')) as { id: number }[];
  return line?.id ?? 0;
}

export interface SignInsQuery {
  readonly user?: number | undefined;
  /** The beginning of an address: `192.168.1.` finds the whole subnet. */
  readonly address?: string | undefined;
  readonly result?: SignInResult | undefined;
  /** From this moment up to, but without, the other. */
  readonly from?: Instant | undefined;
  readonly before?: Instant | undefined;
  /** Lines before this one. */
  readonly after?: number | undefined;
  readonly limit?: number;
}

interface StoredTry {
  readonly id: number;
  readonly at: Instant;
  readonly user: number | null;
  readonly user_name: string | null;
  readonly login: string;
  readonly address: string | null;
  readonly device: string | null;
  readonly user_agent: string | null;
  readonly result: SignInResult;
  readonly ended_at: Instant | null;
  readonly end_reason: EndReason | null;
  readonly ended_by: string | null;
  readonly open_session: number | null;
}

/** The history of tries to come in, the newest first: 100 at a time unless a limit is given. */
export async function listSignIns(tx: Knex, query: SignInsQuery): Promise<SignInsAnswer> {
  const limit = query.limit ?? 100;
  const rows = tx('sign_ins')
    .leftJoin('users', 'users.id', 'sign_ins.user')
    .leftJoin({ enders: 'users' }, 'enders.id', 'sign_ins.ended_by')
    .leftJoin('sessions', (join) =>
      join.on('sessions.id', 'sign_ins.session').andOn('sign_ins.at', '>=', 'sessions.created_at').andOnNull('sessions.ended_at'),
    )
    .orderBy('sign_ins.id', 'desc')
    .limit(limit);
  if (query.user !== undefined) rows.where('sign_ins.user', query.user);
  if (query.address !== undefined) rows.where('sign_ins.address', 'like', `${query.address.replaceAll(/[\\%_]/g, '')}%`);
  if (query.result !== undefined) rows.where('sign_ins.result', query.result);
  if (query.from !== undefined) rows.where('sign_ins.at', '>=', query.from);
  if (query.before !== undefined) rows.where('sign_ins.at', '<', query.before);
  if (query.after !== undefined) rows.where('sign_ins.id', '<', query.after);
  const columns = ['id', 'at', 'user', 'login', 'address', 'device', 'user_agent', 'result', 'ended_at', 'end_reason'];
  const found = (await rows.select(...columns.map((name) => `sign_ins.${name}`), {
    user_name: 'users.name',
    ended_by: 'enders.name',
    open_session: 'sessions.id',
  })) as StoredTry[];
  return { rows: found.map(lineFrom), next: found.length === limit ? (found.at(-1)?.id ?? null) : null };
}

function lineFrom(row: StoredTry): SignInLine {
  const { id, at, user, login, address, device, result } = row;
  return {
    ...{ id, at, user, login, address, device, result },
    userName: row.user_name,
    userAgent: row.user_agent,
    endedAt: row.ended_at,
    endReason: row.end_reason,
    endedBy: row.ended_by,
    isOpen: row.open_session !== null,
  };
}
