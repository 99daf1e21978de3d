import { z } from 'zod';
import type { ConnectAnswer } from '../preload/bridge.ts';
import { serverAddressOf, serverInArguments } from './serverAddress.ts';
import type { KnownServers } from './serverStore.ts';

/** Asks an address for its state; the answer's JSON, or a failure. */
export type AskServer = (address: string, signal: AbortSignal) => Promise<unknown>;

/** The server to begin with: the one on the command line, else the paired one. Whether it answers is seen by the screens. */
export function firstServer(args: readonly string[], servers: KnownServers): string | null {
  return serverInArguments(args) ?? servers.paired;
}

const state = z.object({ setUp: z.boolean(), version: z.string(), companies: z.array(z.unknown()) });

/** Tries what a person typed. A scheme that was not named is tried as http first and https after it. */
export async function tryServer(typed: string, ask: AskServer, timeoutMs = 5000): Promise<ConnectAnswer> {
  const server = serverAddressOf(typed);
  if (server === null) return { ok: false, problem: 'badAddress' };
  const candidates = typed.includes('://') ? [server] : [server, server.replace(/^http:/, 'https:')];
  const answers: ConnectAnswer[] = [];
  for (const candidate of candidates) {
    const answer = await tryOne(candidate, ask, timeoutMs);
    if (answer.ok) return answer;
    answers.push(answer);
  }
  return answers.find((answer) => !answer.ok && answer.problem === 'notTradepost') ?? { ok: false, problem: 'noAnswer' };
}

async function tryOne(server: string, ask: AskServer, timeoutMs: number): Promise<ConnectAnswer> {
  let answer: unknown;
  try {
    answer = await ask(server, AbortSignal.timeout(timeoutMs));
  } catch (failure) {
    return { ok: false, problem: failure instanceof SyntaxError ? 'notTradepost' : 'noAnswer' };
  }
  return state.safeParse(answer).success ? { ok: true, server } : { ok: false, problem: 'notTradepost' };
}
