import type { Knex } from 'knex';
import type { DeviceProof } from '../../../shared/contracts/devices.ts';
import type { EndReason, SignInResult } from '../../../shared/contracts/signIns.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { clock } from '../../clock.ts';
import type { Company } from '../../work.ts';
import { type Bearer, bearerOf } from '../authenticate.ts';
import { concerning } from '../concern.ts';
import { noteSignIn } from '../history.ts';
import type { Person } from '../people.ts';
import { personOf } from '../rights.ts';
import { endSessions, hashOf } from '../sessions.ts';
import { type DoorAnswer, lookAtDevice } from './atDoor.ts';
import type { StoredDevice } from './knownDevices.ts';
import { answersQuestion, type ProvenDevice, signerOf } from './proof.ts';
import { keepProof } from './sessionProofs.ts';
import { announceDoor } from './signingIn.ts';
import { tellOfSession } from './tellOfSession.ts';

/** Somebody with a token who shows the key of its device. */
export interface Showing {
  readonly authorization: string | undefined;
  readonly proof: DeviceProof;
  readonly address: string;
  readonly userAgent: string | undefined;
  /** Under which names this server may be meant. */
  readonly servers: readonly string[];
}

/**
 * Lets a session go on at an address because its device has signed, for the very token, what it was asked. Refuses 'access.signedOut'
 * for a token that leads nowhere and 'access.deviceUnproven' for an answer to no question of ours (used, old, meant for another
 * server): then it may be tried again. A signature by any other key ends the session, with 'access.otherDevice'; it stands in the
 * history, and whoever keeps devices is told. 'access.deviceChanged' ends it too: the device is known or wanted no more.
 */
export async function proveAgain(findCompany: (code: string) => Company | undefined, showing: Showing): Promise<void> {
  const bearer = await bearerOf(findCompany, showing.authorization);
  const { company, session, token } = bearer;
  // Nobody can give a key to a session that was begun without one.
  if (session.known_device === null) return;
  const whom = { company, type: 'user', id: session.user };
  if (!(await answersQuestion(company, showing.proof, showing.servers))) throw concerning(new Refusal('access.deviceUnproven'), whom);
  const signer = signerOf(company, showing.proof, { purpose: 'session', login: hashOf(token) });
  const person = await personOf(company, session.user);
  const outcome = await company.store.write((tx) => settle(tx, { bearer, showing, signer, person }));
  announceDoor(company, outcome);
  if (outcome.refusal) throw concerning(outcome.refusal, whom);
}

interface Case {
  readonly bearer: Bearer;
  readonly showing: Showing;
  readonly signer: ProvenDevice | null;
  readonly person: Person;
}

async function settle(tx: Knex, of: Case): Promise<DoorAnswer> {
  const { company, session } = of.bearer;
  const { address, userAgent } = of.showing;
  const device = (await tx('devices').where({ id: session.known_device }).first()) as StoredDevice | undefined;
  if (!device) return end(tx, of, undefined, 'device');
  if (of.signer?.keyHash !== device.key_hash) return end(tx, of, device, 'otherDevice');
  // Whether it may come in from here at all is asked with every request; here it is looked at for copies and remembered.
  const door = await lookAtDevice(tx, { proven: of.signer, person: of.person, address, name: '', userAgent, isNeeded: false });
  if (door.ended.length > 0) await note(tx, of, device, 'device');
  if (door.refusal || door.ended.length > 0) return { ...door, refusal: new Refusal('access.deviceChanged') };
  await keepProof(tx, company.store.dialect, { session: session.id, address, nowMs: clock.now() });
  return door;
}

/** The session ends here and now: its token is in somebody else's hands, or its device is gone. */
async function end(
  tx: Knex,
  of: Case,
  device: StoredDevice | undefined,
  reason: Extract<EndReason & SignInResult, 'device' | 'otherDevice'>,
): Promise<DoorAnswer> {
  const ended = await endSessions(tx, { id: of.bearer.session.id }, reason, clock.now());
  await note(tx, of, device, reason);
  const { address } = of.showing;
  const isTold = device !== undefined && reason === 'otherDevice';
  const told = isTold ? await tellOfSession(tx, 'notice.otherDevice', { user: of.person.userId, device, address }) : [];
  const refusal = new Refusal(reason === 'otherDevice' ? 'access.otherDevice' : 'access.deviceChanged');
  return { device: device ? { id: device.id, name: device.name } : null, refusal, ended, told };
}

async function note(tx: Knex, { showing, person }: Case, device: StoredDevice | undefined, result: SignInResult): Promise<void> {
  const { login } = (await tx('users').where({ id: person.userId }).first('login')) as { login: string };
  const { address, userAgent } = showing;
  await noteSignIn(tx, { login, user: person.userId, address, device: device?.name, userAgent, result });
}
