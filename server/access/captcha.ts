import { createHash, randomBytes, randomInt } from 'node:crypto';
import type { Knex } from 'knex';
import { instantOf } from '../../shared/kernel/days.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { clock } from '../clock.ts';
import { rowsOf } from '../database/rows.ts';
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
export const newCaptcha = (company: Company): Promise<Captcha> =>
  captchaOf(company, Array.from({ length: signCount }, () => signs[randomInt(signs.length)]).join(''));

/**
 * Draws one with this text. It is good for three minutes and for one answer, whichever process of the company is asked; only a hash
 * of what it shows is kept.
 */
export async function captchaOf(company: Company, text: string): Promise<Captcha> {
  const id = randomBytes(16).toString('base64url');
  const nowMs = clock.now();
  await company.store.write(async (tx) => {
    await open(tx).where('until_at', '<=', instantOf(nowMs)).delete();
    const [row] = (await open(tx).count({ count: '*' })) as { count: number }[];
    const surplus = Number(row?.count ?? 0) - openMax + 1;
    if (surplus > 0) {
      const oldest = (await open(tx).orderBy('at').orderBy('key').limit(surplus).pluck('key')) as string[];
      await tx('throttles').whereIn('key', oldest).delete();
    }
    await tx('throttles').insert({ key: keyOf(id, text), failures: 0, at: instantOf(nowMs), until_at: instantOf(nowMs + lifeMs) });
  });
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
  const isRight = answer !== undefined && (await isRightAnswer(company, answer));
  if (!isDue || isRight) return;
  throw new Refusal(answer === undefined ? 'captcha.needed' : 'captcha.wrong');
}

function isRightAnswer(company: Company, { id, text }: CaptchaAnswer): Promise<boolean> {
  if (!/^[\w-]{1,60}$/.test(id)) return Promise.resolve(false);
  const asked = `${prefix}${id}:`;
  return company.store.write(async (tx) => {
    // Taken away by whoever answers first, rightly or not.
    const taken = await rowsOf(tx, taking, [asked, `${prefix}${id};`]);
    return taken.some((row) => row.key === keyOf(id, text) && String(row.until_at) > instantOf(clock.now()));
  });
}

const taking = 'delete from "throttles" where "key" > ? and "key" < ? returning "key", "until_at"';

// What is asked of strangers lies beside what is held against them, and is swept away with it.
const prefix = 'captcha:';
const open = (tx: Knex): Knex.QueryBuilder => tx('throttles').where('key', '>', prefix).where('key', '<', 'captcha;');

const keyOf = (id: string, text: string): string =>
  `${prefix}${id}:${createHash('sha256')
    .update(`${id}:${text.normalize('NFKC').trim().toUpperCase()}`)
    .digest('hex')}`;
