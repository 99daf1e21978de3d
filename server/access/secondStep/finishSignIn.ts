import type { AuthenticationResponseJSON, PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import type { Knex } from 'knex';
import type { SignInResult } from '../../../shared/contracts/signIns.ts';
import { instantOf } from '../../../shared/kernel/days.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { clock } from '../../clock.ts';
import type { Company } from '../../work.ts';
import { concerning } from '../concern.ts';
import { noteSignIn } from '../history.ts';
import { tellPeople } from '../notices.ts';
import { administratorsHere } from '../people.ts';
import { safetyOf } from '../safety.ts';
import { openSession } from '../sessions.ts';
import { findPerson, heldUp, type SignedIn } from '../signIn.ts';
import { forgetTries, secondStepKnock } from '../throttle.ts';
import { spendCode } from './codes.ts';
import type { Seal } from './sealing.ts';
import { type Door, judgeAnswer, type KeyVerdict, questionFor } from './securityKeys.ts';
import { failTicket, fillTicket, findTicket, spendTicket, type Ticket } from './tickets.ts';

/** What somebody shows at the second step. */
export type Proof = { readonly code: string } | { readonly answer: AuthenticationResponseJSON; readonly door: Door };

/** What a browser is asked to have signed at the second step. Refuses 'secondStep.over' and what questionFor refuses. */
export function askForKey(
  company: Company,
  of: { readonly ticket: string; readonly address: string; readonly door: Door },
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  return company.store.write(async (tx) => {
    const ticket = await findTicket(tx, of.ticket, { purpose: 'signIn', address: of.address });
    const question = await questionFor(tx, ticket.user, of.door);
    await fillTicket(tx, ticket, question.challenge);
    return question;
  });
}

/**
 * Opens the session of somebody whose password was right, when the second step is right too. Refuses 'secondStep.over' for a ticket
 * that is used, past its time or from another address, 'access.locked' and 'access.throttled' after too many failures,
 * 'secondStep.wrong', 'secondStep.used' for a code that has done its service, 'secondStep.keyCopied', and
 * 'secondStep.sealedElsewhere' where the company was restored on a server without its key. Each is in the history.
 */
export async function finishSignIn(
  company: Company,
  seal: Seal,
  of: { readonly ticket: string; readonly address: string; readonly proof: Proof },
): Promise<SignedIn> {
  const ticket = await company.store.read((tx) => findTicket(tx, of.ticket, { purpose: 'signIn', address: of.address }));
  const whom = { company, type: 'user', id: ticket.user };
  const safety = await safetyOf(company);
  const held = await company.store.write(async (tx) => {
    const found = await heldUp(tx, company, secondStepKnock(ticket.login, of.address), safety);
    if (found) await noteSignIn(tx, { ...(await tryOf(tx, ticket)), result: found.result });
    return found;
  });
  if (held) throw concerning(held.refusal, whom);

  const verdict = 'answer' in of.proof ? await keyVerdict(company, ticket, of.proof) : null;
  const outcome = await company.store.write(async (tx) => {
    const result = 'code' in of.proof ? await spendCode(tx, seal, { user: ticket.user, code: of.proof.code, nowMs: clock.now() }) : null;
    const failure = result === null ? await settleKey(tx, verdict) : failures[result];
    return failure === null ? comeIn(tx, company, ticket) : turnAway(tx, ticket, failure, verdict);
  });
  if (outcome instanceof Refusal) throw concerning(outcome, whom);
  return { ...outcome, userId: ticket.user, knownDevice: ticket.known_device ?? undefined };
}

type Failure = 'wrong' | 'used' | 'sealedElsewhere' | 'keyCopied';
const failures = { right: null, wrong: 'wrong', used: 'used', sealed: 'sealedElsewhere' } as const;

/** What was asked to be signed is taken off the ticket before the answer is looked at: there is one try for it. */
async function keyVerdict(company: Company, ticket: Ticket, { answer, door }: Extract<Proof, { answer: unknown }>): Promise<KeyVerdict> {
  const challenge = await company.store.write(async (tx) => {
    const row = (await company.store.dialect.forUpdate(tx('tickets').where({ token_hash: ticket.token_hash }).select('content'))) as {
      content: string | null;
    }[];
    await fillTicket(tx, ticket, null);
    return row[0]?.content ?? null;
  });
  return company.store.read((tx) => judgeAnswer(tx, { user: ticket.user, challenge, door, answer }));
}

async function settleKey(tx: Knex, verdict: KeyVerdict): Promise<Failure | null> {
  if (verdict === null) return 'wrong';
  if (verdict.isCopied) return 'keyCopied';
  const { key: id, counter } = verdict;
  await tx('security_keys')
    .where({ id })
    .update({ counter, last_used_at: instantOf(clock.now()) });
  return null;
}

async function comeIn(tx: Knex, company: Company, ticket: Ticket): Promise<{ token: string; sessionId: number } | Refusal> {
  const person = await findPerson(tx, ticket.login);
  if (!(await spendTicket(tx, ticket)) || person?.id !== ticket.user) return new Refusal('secondStep.over');
  const { address, device, userAgent } = await tryOf(tx, ticket);
  await forgetTries(tx, secondStepKnock(ticket.login, address));
  const opened = await openSession(
    tx,
    company.code,
    { user: ticket.user, address, device, userAgent, knownDevice: ticket.known_device ?? undefined },
    clock.now(),
  );
  // One line for one sign-in: that of the password goes on.
  await tx('sign_ins')
    .where({ id: ticket.sign_in })
    .update({ at: instantOf(clock.now()), result: 'signedIn', session: opened.sessionId });
  return opened;
}

async function turnAway(tx: Knex, ticket: Ticket, failure: Failure, verdict: KeyVerdict): Promise<Refusal> {
  const result: SignInResult = failure === 'keyCopied' ? 'keyCopied' : 'secondStepRefused';
  await noteSignIn(tx, { ...(await tryOf(tx, ticket)), result });
  await failTicket(tx, ticket);
  if (failure === 'keyCopied') await warnOfCopy(tx, ticket.user, verdict?.name ?? '');
  switch (failure) {
    case 'wrong':
      return new Refusal('secondStep.wrong');
    case 'used':
      return new Refusal('secondStep.used');
    case 'sealedElsewhere':
      return new Refusal('secondStep.sealedElsewhere');
    case 'keyCopied':
      return new Refusal('secondStep.keyCopied');
  }
}

/** Whose key it is and every administrator hear of it. */
async function warnOfCopy(tx: Knex, user: number, name: string): Promise<void> {
  const person = (await tx('users').where({ id: user }).first('name')) as { name: string };
  await tellPeople(tx, [user, ...(await administratorsHere(tx))], {
    at: instantOf(clock.now()),
    code: 'notice.keyCopied',
    facts: { user: person.name, key: name },
    about: { type: 'user', id: user },
  });
}

/** From where and with what the password was typed. */
async function tryOf(tx: Knex, { sign_in, user, login, address }: Ticket) {
  const line = (await tx('sign_ins').where({ id: sign_in }).first('device', 'user_agent')) as
    | { device: string | null; user_agent: string | null }
    | undefined;
  return { user, login, address, device: line?.device ?? undefined, userAgent: line?.user_agent ?? undefined };
}
