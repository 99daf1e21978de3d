import { createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import type { Knex } from 'knex';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { clock } from '../clock.ts';
import type { Company } from '../work.ts';
import { drawCaptcha, signs } from './drawCaptcha.ts';
import type { Safety } from './safety.ts';
import { hasFailed, type Knock } from './throttle.ts';

const lifeMs = 3 * 60_000;
const signCount = 5;
// Far more than people who sign in within three minutes; whoever asks for more throws out the oldest.
const openMax = 2_000;

/** A picture of signs to be read by a person, with the name under which the answer is expected. */
export interface Captcha {
  readonly id: string;
  readonly svg: string;
}

/** Draws one with signs that nobody knows beforehand. */
export const newCaptcha = (company: Company): Captcha =>
  captchaOf(company, Array.from({ length: signCount }, () => signs[randomInt(signs.length)]).join(''));

/** Draws one with this text. It is good for three minutes and for one answer; only a keyed hash of what it shows is kept. */
export function captchaOf(company: Company, text: string): Captcha {
  const id = randomBytes(16).toString('base64url');
  const open = openOf(company);
  for (const [known, { untilMs }] of open) {
    if (untilMs > clock.now() && open.size < openMax) break;
    open.delete(known);
  }
  open.set(id, { hash: hashOf(id, text), untilMs: clock.now() + lifeMs });
  return { id, svg: drawCaptcha(text) };
}

/** What somebody has read in a picture. */
export interface CaptchaAnswer {
  readonly id: string;
  readonly text: string;
}

/**
 * Holds up whoever has to read a picture first: by the company's rule always, or after a failed try. Refuses 'captcha.needed' without
 * an answer and 'captcha.wrong' for a wrong, an old or a second one; an answer is used up either way.
 */
export async function refuseWithoutCaptcha(
  company: Company,
  { captcha }: Pick<Safety, 'captcha'>,
  knock: Knock,
  answer: CaptchaAnswer | undefined,
): Promise<void> {
  const isDue =
    captcha === 'always' || (captcha === 'afterFailure' && (await company.store.read((tx: Knex) => hasFailed(tx, knock, clock.now()))));
  const isRight = answer !== undefined && isRightAnswer(company, answer);
  if (!isDue || isRight) return;
  throw new Refusal(answer === undefined ? 'captcha.needed' : 'captcha.wrong');
}

function isRightAnswer(company: Company, { id, text }: CaptchaAnswer): boolean {
  const open = openOf(company);
  const asked = open.get(id);
  open.delete(id);
  if (!asked || asked.untilMs <= clock.now()) return false;
  return timingSafeEqual(asked.hash, hashOf(id, text.normalize('NFKC').trim().toUpperCase()));
}

interface Asked {
  readonly hash: Buffer;
  readonly untilMs: number;
}

const opened = new WeakMap<Company, Map<string, Asked>>();

function openOf(company: Company): Map<string, Asked> {
  const open = opened.get(company) ?? new Map<string, Asked>();
  opened.set(company, open);
  return open;
}

// Lives with the process: a picture does not outlast a restart.
const key = randomBytes(32);
const hashOf = (id: string, text: string): Buffer => createHmac('sha256', key).update(`${id}:${text}`).digest();
