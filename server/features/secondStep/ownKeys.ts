import {
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type RegistrationResponseJSON,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { refuseUnlessRight } from '../../access/rights.ts';
import type { Door } from '../../access/secondStep/securityKeys.ts';
import { findTicket, openTicket, spendTicket, type Ticket } from '../../access/secondStep/tickets.ts';
import { refusePrograms } from '../../access/tokens.ts';
import { transact } from '../../engine/transact.ts';
import { firstRecoveryCodes, leaveTidy, settleChange } from './changing.ts';
import { type Changer, proveSelf, type Shown } from './ownCode.ts';

const keysMax = 10;

interface KnownKey {
  readonly credential: string;
  readonly transports: string;
}

/**
 * Begins setting a security key up under the name the page was opened by. Refuses what refuseUnproven refuses for the password,
 * 'access.denied' without the right to have keys, and 'secondStep.tooManyKeys' {max}.
 */
export async function beginKey(
  changer: Changer,
  door: Door,
  shown: Shown,
): Promise<{ ticket: string; options: PublicKeyCredentialCreationOptionsJSON }> {
  const { company, actor, sessionId, address } = changer;
  refusePrograms(actor);
  refuseUnlessRight(actor, 'securityKeys.own');
  await proveSelf(changer, shown, false);
  const user = actor.userId;
  const { login, known } = await company.store.read(async (tx) => ({
    login: ((await tx('users').where({ id: user }).first('login')) as { login: string }).login,
    known: (await tx('security_keys').where({ user }).orderBy('id').select('credential', 'transports')) as KnownKey[],
  }));
  if (known.length >= keysMax) throw new Refusal('secondStep.tooManyKeys', { max: keysMax });
  const options = await generateRegistrationOptions({
    rpName: `Tradepost ${company.name}`,
    rpID: door.host,
    userName: login,
    userDisplayName: actor.name,
    userID: new TextEncoder().encode(`${company.code}:${user}`),
    excludeCredentials: known.map(({ credential, transports }) => ({ id: credential, transports: JSON.parse(transports) as string[] })),
    authenticatorSelection: { residentKey: 'discouraged', userVerification: 'discouraged' },
  });
  const begun = { purpose: 'key', user, login, address, session: sessionId ?? null, content: options.challenge, sign_in: null } as const;
  const { ticket } = await company.store.write((tx) => openTicket(tx, company.code, begun));
  return { ticket, options };
}

/**
 * Keeps a security key under a name; the person's other sessions end. Gives recovery codes to somebody who had none. Refuses
 * 'secondStep.over' and 'secondStep.keyUnfit' for an answer that does not fit what was asked.
 */
export async function confirmKey(
  changer: Changer,
  door: Door,
  of: { readonly ticket: string; readonly name: string; readonly answer: RegistrationResponseJSON },
): Promise<string[] | null> {
  const { company, actor, seal, sessionId: session, address } = changer;
  refusePrograms(actor);
  refuseUnlessRight(actor, 'securityKeys.own');
  const user = actor.userId;
  const ticket = await company.store.read((tx) => findTicket(tx, of.ticket, { purpose: 'key', address, session }));
  if (ticket.user !== user || !(await company.store.write((tx) => spendTicket(tx, ticket)))) throw new Refusal('secondStep.over');
  const key = await newKey(ticket, door, of.answer);
  return transact(company, actor, async (work) => {
    if (await work.tx('security_keys').where({ credential: key.credential }).first('id')) throw new Refusal('secondStep.keyUnfit');
    await work.tx('security_keys').insert({ ...key, user, host: door.host, name: of.name, created_at: work.now, last_used_at: null });
    await settleChange(work, 'keyAdded', session);
    return firstRecoveryCodes(work, seal);
  });
}

async function newKey({ content }: Ticket, { host, origin }: Door, response: RegistrationResponseJSON) {
  const asked = { expectedChallenge: content ?? '', expectedOrigin: origin, expectedRPID: host, requireUserVerification: false };
  // The library throws at whatever does not fit; why is of no use to anybody who is honest.
  const verified = await verifyRegistrationResponse({ response, ...asked }).catch(() => null);
  if (!verified?.verified) throw new Refusal('secondStep.keyUnfit');
  const { id, publicKey, counter, transports = [] } = verified.registrationInfo.credential;
  const public_key = Buffer.from(publicKey).toString('base64url');
  return { credential: id, public_key, counter, transports: JSON.stringify(transports) };
}

/**
 * Takes a security key away. Who has nothing besides shows a recovery code. Refuses what refuseUnproven refuses, 'record.notFound' and
 * 'secondStep.required' where the company demands a second step.
 */
export async function removeKey(changer: Changer, id: number, shown: Shown): Promise<void> {
  const { company, actor, sessionId } = changer;
  refusePrograms(actor);
  const user = actor.userId;
  const isLast = await company.store.read(async (tx) => {
    const other = await tx('security_keys').where({ user }).whereNot({ id }).first('id');
    return !other && !(await tx('code_secrets').where({ user }).first('user'));
  });
  await proveSelf(changer, shown, isLast);
  await transact(company, actor, async (work) => {
    if ((await work.tx('security_keys').where({ user, id }).delete()) !== 1)
      throw new Refusal('record.notFound', { type: 'securityKey', id });
    await leaveTidy(work);
    await settleChange(work, 'keyRemoved', sessionId);
  });
}
