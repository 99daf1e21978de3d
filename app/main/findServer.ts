import { z } from 'zod';
import type { ConnectAnswer } from '../preload/bridge.ts';
import type { TrustAnswer } from './checkServer.ts';
import { serverAddressOf, serverInArguments } from './serverAddress.ts';
import type { KnownServers } from './serverStore.ts';

/** What is needed to try a server. */
export interface Trial {
  /** Asks an address for its state; the answer's JSON, or a failure. */
  readonly ask: (address: string, signal: AbortSignal) => Promise<unknown>;
  /** Whether an https origin is trusted; fails when nobody answers there. */
  readonly check: (server: string, signal: AbortSignal) => Promise<TrustAnswer>;
  /** Whether this https origin is known: then nothing less will do. */
  readonly isPinned: (server: string) => boolean;
}

/** The server to begin with: the one on the command line, else the paired one. Whether it answers is seen by the screens. */
export function firstServer(args: readonly string[], servers: KnownServers): string | null {
  return serverInArguments(args) ?? servers.paired;
}

const state = z.object({ setUp: z.boolean(), version: z.string(), companies: z.array(z.unknown()) });

/**
 * Tries what a person typed. A scheme that was not named is tried as https first and http after it, but never http where https is
 * known or where somebody answers that we do not trust: else whoever stands between could talk us out of it.
 */
export async function tryServer(typed: string, trial: Trial, timeoutMs = 5000): Promise<ConnectAnswer> {
  const server = serverAddressOf(typed);
  if (server === null) return { ok: false, problem: 'badAddress' };
  const secure = server.replace(/^http:/, 'https:');
  const plain = typed.includes('://') ? [server] : [secure, server];
  const candidates = trial.isPinned(secure) ? [secure] : plain;
  const answers: ConnectAnswer[] = [];
  for (const candidate of candidates) {
    const answer = await tryOne(candidate, trial, timeoutMs);
    if (answer.ok || (answer.problem !== 'noAnswer' && answer.problem !== 'notTradepost')) return answer;
    answers.push(answer);
  }
  return answers.find((answer) => !answer.ok && answer.problem === 'notTradepost') ?? { ok: false, problem: 'noAnswer' };
}

async function tryOne(server: string, { ask, check }: Trial, timeoutMs: number): Promise<ConnectAnswer> {
  let answer: unknown;
  try {
    const trust = server.startsWith('https:') ? await check(server, AbortSignal.timeout(timeoutMs)) : { ok: true as const };
    if (!trust.ok) return trust;
    answer = await ask(server, AbortSignal.timeout(timeoutMs));
  } catch (failure) {
    return { ok: false, problem: failure instanceof SyntaxError ? 'notTradepost' : 'noAnswer' };
  }
  return state.safeParse(answer).success ? { ok: true, server } : { ok: false, problem: 'notTradepost' };
}
