import { verify, X509Certificate } from 'node:crypto';
import { type RootSuccessor, rootSuccessorAnswer, successionWords } from '../../shared/contracts/rootSuccession.ts';
import { readMoment } from '../../shared/kernel/days.ts';
import { nowMs } from './clock.ts';
import type { PinStore } from './pinStore.ts';
import { reach } from './reach.ts';
import { type Pin, type PinnedRoot, pinOf, rootsAt } from './trust.ts';

/** What became of asking a server for the root that follows upon its own. */
export type SuccessorAnswer = 'none' | 'kept' | 'forged';

/** So far ahead a server may say when it goes over to another root: longer than that nobody shall have to trust two. */
const aheadDaysMax = 400;
const dayMs = 86_400_000;

/**
 * Asks a trusted server (an https origin) which root follows upon its own, and trusts that one too if the pinned root has signed it;
 * anything else is not kept. An old root whose time is over is dropped, once the server was seen without it. Throws when the server
 * does not answer or is not trusted.
 */
export async function learnSuccessor(server: string, pins: PinStore, signal: AbortSignal): Promise<SuccessorAnswer> {
  const pin = pins.find(server);
  if (pin === null) return 'none';
  const { body } = await reach(`${server}/api/root-certificate/successor`, { pin, signal });
  // It has just proven itself by a root that counts now: where that is the new one alone, the old one is not needed any more.
  if (pin.next && rootsAt(pin, nowMs()).length === 1) pins.dropOld(pin, pin.next);
  // A server of an earlier release does not know the question.
  const answer = rootSuccessorAnswer.safeParse(body);
  if (!answer.success || answer.data.successor === null) return 'none';
  const judged = judge(answer.data.successor, pin);
  if (judged === null) return 'forged';
  pins.keepNext(judged.signer, judged.next);
  return 'kept';
}

/** Null when no root that this computer trusts has signed it, or when it is not what it should be. */
function judge(told: RootSuccessor, pin: Pin): { signer: PinnedRoot; next: NonNullable<Pin['next']> } | null {
  const signer = rootsAt(pin, nowMs()).find(({ spki }) => spki === told.from);
  const next = pinOf(told.certificate);
  const untilMs = readMoment(told.until);
  if (!signer || !next || next.spki === signer.spki || untilMs === null || untilMs > nowMs() + aheadDaysMax * dayMs) return null;
  const words = successionWords({ ...told, certificateDer: new X509Certificate(told.certificate).raw.toString('base64') });
  const key = new X509Certificate(signer.root).publicKey;
  if (!verify('sha256', Buffer.from(words), key, Buffer.from(told.signature, 'base64'))) return null;
  return { signer: { root: signer.root, spki: signer.spki }, next: { ...next, untilMs } };
}
