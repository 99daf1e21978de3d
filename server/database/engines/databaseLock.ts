import { hostname } from 'node:os';
import Database from 'better-sqlite3';
import { instantOf } from '../../../shared/kernel/days.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { clock } from '../../clock.ts';

/** Held by the one server that works with a database. */
export interface DatabaseLock {
  release(): void;
}

/**
 * Takes the database for this server alone. The lock is one that the operating system gives up when the process dies,
 * however it dies, so nothing stale is left behind; the file beside the database only says who holds it. Refuses
 * 'database.inUse' {pid, host, since}.
 */
export function lockDatabase(file: string): DatabaseLock {
  const note = new Database(`${file}.lock`, { timeout: 250 });
  try {
    note.exec('begin immediate');
    note.exec('create table if not exists holder (pid integer, host text, since text)');
    note.exec('delete from holder');
    note.prepare('insert into holder values (?, ?, ?)').run(process.pid, hostname(), instantOf(clock.now()));
    note.exec('commit');
    // Held from here on: others may read who we are, nobody else can begin to write.
    note.exec('begin immediate');
  } catch (fault) {
    const holder = isHeld(fault) ? holderIn(note) : undefined;
    note.close();
    throw holder ? new Refusal('database.inUse', holder) : fault;
  }
  return { release: () => note.close() };
}

const isHeld = (fault: unknown): boolean => (fault as { code?: string }).code === 'SQLITE_BUSY';

type Holder = { pid: number; host: string; since: string };

function holderIn(note: Database.Database): Holder {
  const nobody = { pid: 0, host: '', since: '' };
  try {
    return (note.prepare('select pid, host, since from holder').get() as Holder | undefined) ?? nobody;
  } catch {
    return nobody;
  }
}
