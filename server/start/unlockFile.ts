import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { systemActor } from '../access/rights.ts';
import { clock } from '../clock.ts';
import { transact } from '../engine/transact.ts';
import { type Freed, unlockFromConsole } from '../features/safety/unlock.ts';
import { writeFileSafely } from '../files.ts';
import type { Company } from '../work.ts';

/** What somebody at the console wants opened: every company or one, everything or one account. */
export interface UnlockWish {
  readonly company?: string | undefined;
  readonly user?: string | undefined;
  /** Also the second step of that one account. */
  readonly secondStep?: boolean | undefined;
}

/** What came of it in one company. */
export interface Unlocked {
  readonly company: string;
  readonly freed?: Freed | undefined;
  readonly refusal?: string | undefined;
}

/** Opens the doors of the companies that are meant. */
export async function unlockCompanies(companies: readonly Company[], { company: code, user, secondStep }: UnlockWish): Promise<Unlocked[]> {
  const done: Unlocked[] = [];
  for (const company of companies.filter((known) => code === undefined || known.code === code)) {
    try {
      done.push({
        company: company.code,
        freed: await transact(company, systemActor(company), (work) => unlockFromConsole(work, user, secondStep)),
      });
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      done.push({ company: company.code, refusal: refusal.code });
    }
  }
  return done;
}

const askEveryMs = 1_000;
// Nothing that lay there while the server was off is done at its next start.
const wishMaxMs = 60_000;

/**
 * While a server runs it alone may write its databases, so the console leaves a note in the data folder, which only those who may
 * write there can do. The server looks for one every second. Gives back how to stop looking.
 */
export function heedUnlockNotes(
  dataFolder: string,
  run: (wish: UnlockWish) => Promise<Unlocked[]>,
  failed: (fault: unknown) => void,
): () => void {
  let isBusy = false;
  const timer = setInterval(() => {
    if (isBusy || !existsSync(wishFile(dataFolder))) return;
    isBusy = true;
    heed(dataFolder, run)
      .catch(failed)
      .finally(() => {
        isBusy = false;
      });
  }, askEveryMs);
  timer.unref();
  return () => clearInterval(timer);
}

async function heed(dataFolder: string, run: (wish: UnlockWish) => Promise<Unlocked[]>): Promise<void> {
  const own = `${wishFile(dataFolder)}.${process.pid}-${randomUUID()}`;
  try {
    // Of several servers the one that is first takes it.
    renameSync(wishFile(dataFolder), own);
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw fault;
  }
  const text = readFileSync(own, 'utf8');
  rmSync(own, { force: true });
  const { id, atMs, ...wish } = wishSchema.parse(JSON.parse(text));
  if (Math.abs(clock.now() - atMs) > wishMaxMs) return;
  const done = await run(wish);
  writeFileSafely(answerFile(dataFolder), JSON.stringify({ id, done }));
}

/** Leaves a note for the running server and waits so long for what it says; null when it says nothing. */
export async function askRunningServer(dataFolder: string, wish: UnlockWish, answerMaxMs: number): Promise<Unlocked[] | null> {
  const id = randomUUID();
  rmSync(answerFile(dataFolder), { force: true });
  writeFileSafely(wishFile(dataFolder), JSON.stringify({ id, atMs: clock.now(), ...wish }));
  try {
    for (let waitedMs = 0; waitedMs < answerMaxMs; waitedMs += 200) {
      const answer = existsSync(answerFile(dataFolder))
        ? answerSchema.parse(JSON.parse(readFileSync(answerFile(dataFolder), 'utf8')))
        : null;
      if (answer?.id === id) return answer.done;
      await sleep(200);
    }
    return null;
  } finally {
    rmSync(wishFile(dataFolder), { force: true });
    rmSync(answerFile(dataFolder), { force: true });
  }
}

const wishFile = (dataFolder: string): string => join(dataFolder, 'unlock.json');
const answerFile = (dataFolder: string): string => join(dataFolder, 'unlocked.json');

const wishSchema = z.strictObject({
  id: z.uuid(),
  atMs: z.number(),
  company: z.string().max(30).optional(),
  user: z.string().max(200).optional(),
  secondStep: z.boolean().optional(),
});
const freedSchema = z.strictObject({
  rules: z.boolean(),
  devices: z.boolean(),
  locks: z.number(),
  secondStep: z.literal(true).optional(),
});
const answerSchema = z.strictObject({
  id: z.uuid(),
  done: z.array(z.strictObject({ company: z.string(), freed: freedSchema.optional(), refusal: z.string().optional() })),
});
