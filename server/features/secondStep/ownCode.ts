import type { CodeToSetUp } from '../../../shared/contracts/secondStep.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { newCodeSecret, renewRecoveryCodes, stepOfCode } from '../../access/secondStep/codes.ts';
import { type OwnProof, refuseUnproven } from '../../access/secondStep/prove.ts';
import type { Seal } from '../../access/secondStep/sealing.ts';
import { failTicket, findTicket, openTicket, spendTicket } from '../../access/secondStep/tickets.ts';
import { isSecondStepDue } from '../../access/sessions.ts';
import { refusePrograms } from '../../access/tokens.ts';
import { clock } from '../../clock.ts';
import { transact } from '../../engine/transact.ts';
import type { Actor, Company } from '../../work.ts';
import { leaveTidy, settleChange } from './changing.ts';

/** Who changes their own second step, and from where. */
export interface Changer {
  readonly company: Company;
  readonly actor: Actor;
  readonly seal: Seal;
  readonly sessionId: number | undefined;
  readonly address: string;
}

/** What they show: nothing is needed by somebody who has just come in and cannot go on without. */
export interface Shown {
  readonly password?: string | undefined;
  readonly code?: string | undefined;
}

/**
 * Begins setting up codes of an app: a new secret, which counts once a code of it was confirmed. Whoever has codes already shows one.
 * Refuses what refuseUnproven refuses.
 */
export async function beginCode(changer: Changer, shown: Shown): Promise<CodeToSetUp> {
  const { company, actor, seal, sessionId, address } = changer;
  refusePrograms(actor);
  const user = actor.userId;
  const hasCode = await company.store.read(async (tx) => (await tx('code_secrets').where({ user }).first('user')) !== undefined);
  await proveSelf(changer, shown, hasCode);
  return company.store.write(async (tx) => {
    const { login } = (await tx('users').where({ id: user }).first('login')) as { login: string };
    // A short name keeps the picture coarse enough for old cameras.
    const made = newCodeSecret(`${[...company.name].slice(0, 10).join('')} ${login}`);
    const content = seal.close(user, made.bytes);
    const begun = { purpose: 'code', user, login, address, session: sessionId ?? null, content, sign_in: null } as const;
    const { ticket } = await openTicket(tx, company.code, begun);
    return { ticket, secret: made.text, uri: made.uri };
  });
}

/**
 * Ends setting up: with a code of the new secret it counts, and the person's other sessions end. Gives ten recovery codes, which are
 * nowhere else and never given again. Refuses 'secondStep.over' for a ticket past its time and 'secondStep.wrong'.
 */
export async function confirmCode(changer: Changer, of: { readonly ticket: string; readonly code: string }): Promise<string[]> {
  const { company, actor, seal, sessionId: session, address } = changer;
  refusePrograms(actor);
  const user = actor.userId;
  const ticket = await company.store.read((tx) => findTicket(tx, of.ticket, { purpose: 'code', address, session }));
  const secret = ticket.user === user && ticket.content ? seal.open(user, ticket.content) : null;
  const step = secret && stepOfCode(secret, of.code.replaceAll(/\s/g, ''), clock.now());
  if (!secret || step === null) {
    await company.store.write((tx) => failTicket(tx, ticket));
    throw new Refusal('secondStep.wrong');
  }
  return transact(company, actor, async (work) => {
    if (!(await spendTicket(work.tx, ticket))) throw new Refusal('secondStep.over');
    const row = { user, sealed: seal.close(user, secret), key_mark: seal.mark, last_step: step, since: work.now };
    await work.tx('code_secrets').insert(row).onConflict('user').merge();
    await settleChange(work, 'codeOn', session);
    return renewRecoveryCodes(work.tx, seal, user);
  });
}

/** Switches codes off. Refuses what refuseUnproven refuses, and 'secondStep.required' where the company demands a second step. */
export async function switchCodeOff(changer: Changer, shown: Required<Shown>): Promise<void> {
  const { company, actor, sessionId } = changer;
  refusePrograms(actor);
  await proveSelf(changer, shown, true);
  await transact(company, actor, async (work) => {
    await work.tx('code_secrets').where({ user: actor.userId }).delete();
    await leaveTidy(work);
    await settleChange(work, 'codeOff', sessionId);
  });
}

/** Ten new recovery codes in the place of the old ones. Refuses what refuseUnproven refuses. */
export async function renewRecovery(changer: Changer, shown: Required<Shown>): Promise<string[]> {
  const { company, actor, seal, sessionId } = changer;
  refusePrograms(actor);
  await proveSelf(changer, shown, true);
  return transact(company, actor, async (work) => {
    await settleChange(work, 'recoveryCodes', sessionId);
    return renewRecoveryCodes(work.tx, seal, actor.userId);
  });
}

/** Refuses what refuseUnproven refuses; a code is asked for where `needsCode`. A session that is there for setting up proves itself. */
export async function proveSelf(changer: Changer, shown: Shown, needsCode: boolean): Promise<void> {
  const { company, actor, seal, sessionId, address } = changer;
  if (sessionId !== undefined && (await company.store.read((tx) => isSecondStepDue(tx, sessionId)))) return;
  const proof: OwnProof = {
    userId: actor.userId,
    password: shown.password ?? '',
    code: needsCode ? (shown.code ?? '') : undefined,
    address,
  };
  await refuseUnproven(company, seal, proof);
}
