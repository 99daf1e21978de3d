import { instantOf, msOf } from '../../shared/kernel/days.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { clock } from '../clock.ts';
import type { Actor, Company } from '../work.ts';
import { concerning } from './concern.ts';
import { isProofDue, type ProvableSession } from './devices/sessionProofs.ts';
import { actorAt } from './enter.ts';
import { heedMark } from './memory.ts';
import { actorOf } from './rights.ts';
import { type FoundSession, findSession, touchSession } from './sessions.ts';
import { findToken, tokenPrefix } from './tokens.ts';
import { type FoundViewing, findViewing, refuseUnlessViewable, viewingPrefix } from './viewing.ts';

/** Who stands behind a request. */
export interface Guest {
  readonly company: Company;
  readonly actor: Actor;
  /** Absent for a program with a token. */
  readonly sessionId?: number;
  /** Until the person has chosen a password of their own, only the doors of session and password are open to them. */
  readonly mustChangePassword: boolean;
  /** Until the person has set a second step up, only the doors of session and second step are open to them. */
  readonly isSecondStepDue: boolean;
}

type FindCompany = (code: string) => Company | undefined;

/**
 * Finds the company and the person behind an `Authorization: Bearer …` header. The token names its company; in any other it
 * is nothing. Refuses 'access.signedOut' for every header that does not lead to somebody who may come in now,
 * 'access.proveAgain' before anything else for a session whose device has to show its key first, and
 * 'access.addressRefused', 'access.deviceChanged' or 'access.deviceNeeded' for somebody who may not come in from there.
 */
export async function authenticate(findCompany: FindCompany, header: string | undefined, address: string): Promise<Guest> {
  const token = tokenIn(header);
  if (token.startsWith(viewingPrefix)) return admitViewer(findCompany, token, address);
  return token.startsWith(tokenPrefix) ? admitProgram(findCompany, token, address) : admitPerson(findCompany, token, address);
}

/** A session with the token that leads to it, whoever holds that token. */
export interface Bearer {
  readonly company: Company;
  readonly token: string;
  readonly session: ProvableSession & { readonly id: number; readonly user: number };
}

/** The session behind a header, also that of somebody who looks in another's name, before anything is asked of it. Refuses 'access.signedOut'. */
export async function bearerOf(findCompany: FindCompany, header: string | undefined): Promise<Bearer> {
  const token = tokenIn(header);
  if (!token.startsWith(viewingPrefix)) return { token, ...(await sessionBehind(findCompany, token)) };
  const { company, viewing } = await viewingBehind(findCompany, token);
  return { company, token, session: { ...viewing, id: viewing.session, user: viewing.viewer } };
}

function tokenIn(header: string | undefined): string {
  const token = /^Bearer ([\w-]{1,60}\.[\w-]{43})$/i.exec(header ?? '')?.[1];
  if (!token) throw new Refusal('access.signedOut');
  return token;
}

async function sessionBehind(findCompany: FindCompany, token: string): Promise<{ company: Company; session: FoundSession }> {
  const company = findCompany(token.slice(0, token.indexOf('.')));
  const session = company && (await findSession(company, token, clock.now()));
  if (!company || !session) throw new Refusal('access.signedOut');
  heedMarkOf(company, session.mark);
  return { company, session };
}

async function viewingBehind(findCompany: FindCompany, secret: string): Promise<{ company: Company; viewing: FoundViewing }> {
  const company = findCompany(secret.slice(viewingPrefix.length, secret.indexOf('.')));
  const viewing = await company?.store.read((tx) => findViewing(tx, secret, clock.now()));
  if (!company || !viewing) throw new Refusal('access.signedOut');
  heedMarkOf(company, viewing.mark);
  return { company, viewing };
}

/** Whoever has only the token learns nothing of what the session may do, nor of what the address rules say. */
function refuseUnlessProven({ company, session }: Omit<Bearer, 'token'>, address: string): void {
  if (isProofDue(session, address, clock.now()))
    throw concerning(new Refusal('access.proveAgain'), { company, type: 'session', id: session.id });
}

async function admitPerson(findCompany: FindCompany, token: string, address: string): Promise<Guest> {
  const { company, session } = await sessionBehind(findCompany, token);
  refuseUnlessProven({ company, session }, address);
  const entrance = { address, knownDevice: session.known_device ?? undefined, ...(session.device ? { device: session.device } : {}) };
  const actor = await actorAt(company, session.user, entrance);
  await noting(() => touchSession(company, session, clock.now()));
  return { company, actor, sessionId: session.id, mustChangePassword: session.must_change, isSecondStepDue: session.second_step_due === 1 };
}

async function admitProgram(findCompany: FindCompany, secret: string, address: string): Promise<Guest> {
  const company = findCompany(secret.slice(tokenPrefix.length, secret.indexOf('.')));
  const nowMs = clock.now();
  const token = await company?.store.read((tx) => findToken(tx, secret, nowMs));
  if (!company || !token) throw new Refusal('access.signedOut');
  heedMarkOf(company, token.mark);
  const actor = await actorAt(company, token.user, { address, token });
  if (!token.lastUsedAt || nowMs - msOf(token.lastUsedAt) >= 60_000) {
    await noting(() =>
      company.store.write((tx) =>
        tx('api_tokens')
          .where({ id: token.id })
          .update({ last_used_at: instantOf(nowMs) }),
      ),
    );
  }
  return { company, actor, mustChangePassword: false, isSecondStepDue: false };
}

/** Somebody who looks in another's name: who looks is judged by where they are and at which device, what they see is what the other sees. */
async function admitViewer(findCompany: FindCompany, secret: string, address: string): Promise<Guest> {
  const { company, viewing } = await viewingBehind(findCompany, secret);
  refuseUnlessProven({ company, session: { ...viewing, id: viewing.session, user: viewing.viewer } }, address);
  const { expires_at: until } = viewing;
  const knownDevice = viewing.known_device ?? undefined;
  const viewer = await actorAt(company, viewing.viewer, { address, knownDevice });
  try {
    await company.store.read((tx) => refuseUnlessViewable(tx, company, viewer, viewing.viewed));
  } catch (refusal) {
    // Rights may be lost while somebody looks.
    if (refusal instanceof Refusal) throw new Refusal('access.signedOut');
    throw refusal;
  }
  const seen = await actorOf(company, viewing.viewed, { address });
  const actor = { ...seen, knownDevice, viewedBy: { id: viewer.userId, name: viewer.name, until } };
  return { company, actor, sessionId: viewing.session, mustChangePassword: false, isSecondStepDue: false };
}

/** Where one process alone writes the database nothing can have changed behind its back. */
function heedMarkOf(company: Company, mark: number | null): void {
  if (!company.store.memory.remembers) heedMark(company, mark);
}

const keepsNoNotes = ['database.full', 'database.diskFault'];

/** Notes that somebody was here. A disk that keeps no notes is no reason to turn anybody away: reading goes on. */
async function noting(note: () => Promise<unknown>): Promise<void> {
  try {
    await note();
  } catch (refused) {
    if (!(refused instanceof Refusal) || !keepsNoNotes.includes(refused.code)) throw refused;
  }
}
