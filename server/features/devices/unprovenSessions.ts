import type { Logger } from 'pino';
import type { StoredDevice } from '../../access/devices/knownDevices.ts';
import { hasProven, provableSessions } from '../../access/devices/sessionProofs.ts';
import { announceTold, tellOfSession } from '../../access/devices/tellOfSession.ts';
import { systemActor } from '../../access/rights.ts';
import { writeAudit } from '../../engine/audit.ts';
import { transact } from '../../engine/transact.ts';
import type { Company, Work } from '../../work.ts';

/** A session that somebody wanted to use at an address before its device had shown its key there. */
export interface Unproven {
  readonly session: number;
  readonly address: string;
  /** Method and pattern of the door. */
  readonly route: string;
}

/** A client with the key shows it within a second; a window that was closed at that very moment gets a little longer. */
const patienceMs = 60_000;
const waitingMax = 1_000;
const linesPerSession = 10;

interface Waiting extends Unproven {
  readonly timer: NodeJS.Timeout;
}

const waiting = new WeakMap<Company, Map<string, Waiting>>();

/**
 * Waits a minute for the device to show its key where its session was asked for it. If it does not, somebody has the token without
 * the device: that is put on record, once for each session and address, and told to whoever keeps devices and to whose session it is.
 */
export function awaitProof(company: Company, unproven: Unproven, log: Logger): void {
  const all = waiting.get(company) ?? new Map<string, Waiting>();
  waiting.set(company, all);
  const key = `${unproven.session} ${unproven.address}`;
  if (all.has(key) || all.size >= waitingMax) return;
  const judge = () => {
    all.delete(key);
    // Nobody waits for it: a company that was closed meanwhile has no trail to write to.
    judgeUnproven(company, one).catch((fault: unknown) => log.warn({ err: fault }, 'a session without proof could not be put on record'));
  };
  const one = { ...unproven, timer: setTimeout(judge, patienceMs).unref() };
  all.set(key, one);
}

/** Judges at once all that is waited for. */
export async function judgeAllUnproven(company: Company): Promise<void> {
  const all = waiting.get(company);
  for (const [key, one] of [...(all ?? [])]) {
    clearTimeout(one.timer);
    all?.delete(key);
    await judgeUnproven(company, one);
  }
}

async function judgeUnproven(company: Company, { session: id, address, route }: Unproven): Promise<void> {
  const session = await company.store.read(async (tx) => (await provableSessions(tx, [id])).get(id));
  if (!session || session.known_device === null || hasProven(session, address)) return;
  const deviceId = session.known_device;
  const actor = { ...systemActor(company), userId: session.user, address };
  await transact(company, actor, async (work) => {
    const lines = await linesOf(work, id);
    if (lines.some((line) => line.address === address) || lines.length >= linesPerSession) return;
    await writeAudit(work, { action: 'refused', type: 'session', recordId: id, changes: { code: 'access.proveAgain', route } });
    const device = (await work.tx('devices').where({ id: deviceId }).first()) as StoredDevice | undefined;
    if (lines.length > 0 || !device) return;
    const told = await tellOfSession(work.tx, 'notice.unprovenSession', { user: session.user, device, address });
    work.afterCommit(() => announceTold(company, device, told));
  });
}

const linesOf = async ({ tx }: Work, session: number): Promise<{ address: string | null }[]> =>
  (await tx('audit')
    .where({ action: 'refused', type: 'session', record_id: session })
    .where('changes', 'like', '%"access.proveAgain"%')
    // Ids of sessions begin anew where a backup was restored.
    .where('at', '>=', tx('sessions').where({ id: session }).select('created_at'))
    .select('address')) as { address: string | null }[];
