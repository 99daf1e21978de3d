import type { Problem } from '../../../shared/contracts/wire.ts';
import { serverAddress } from './bridge.ts';
import { isProvenSince, proofsSoFar } from './proofs.ts';
import { heed } from './serverClock.ts';
import { readToken } from './token.ts';

/** What stands between the wish and the answer: the server's problem, or `connection.lost` with status 0 when none came. */
export class ApiProblem extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.code);
    this.name = 'ApiProblem';
    this.problem = problem;
  }

  get status(): number {
    return this.problem.status;
  }

  get code(): string {
    return this.problem.code;
  }
}

export interface CallOptions {
  /** With everything that creates something: the same key is answered with the first result. */
  idempotencyKey?: string;
  signal?: AbortSignal;
  headers?: Record<string, string>;
}

/** Calls of the server. Paths begin with `/api/`; answers are JSON; a "no" is thrown as ApiProblem. */
export const api = {
  get: <T>(path: string, options?: CallOptions) => callJson<T>('GET', path, undefined, options),
  post: <T>(path: string, body?: unknown, options?: CallOptions) => callJson<T>('POST', path, body ?? {}, options),
  put: <T>(path: string, body?: unknown, options?: CallOptions) => callJson<T>('PUT', path, body ?? {}, options),
  patch: <T>(path: string, body?: unknown, options?: CallOptions) => callJson<T>('PATCH', path, body ?? {}, options),
  del: <T>(path: string, body?: unknown, options?: CallOptions) => callJson<T>('DELETE', path, body, options),
  /** Sends a file as it is; its name crosses in a header. */
  upload: async <T>(path: string, file: Blob, name: string, options?: CallOptions): Promise<T> => {
    const headers = {
      'Content-Type': file.type || 'application/octet-stream',
      'X-File-Name': encodeURIComponent(name),
      ...options?.headers,
    };
    return call('POST', path, file, { ...options, headers, read: async (response) => (await response.json()) as T });
  },
  /** A file from the server, with the name it gives. */
  file: async (path: string, body?: unknown, options?: CallOptions): Promise<{ blob: Blob; name: string | null }> => {
    const read = async (response: Response) => ({
      blob: await response.blob(),
      name: fileNameOf(response.headers.get('Content-Disposition')),
    });
    if (body === undefined) return call('GET', path, undefined, { ...options, read });
    const headers = { 'Content-Type': 'application/json', ...options?.headers };
    return call('POST', path, JSON.stringify(body), { ...options, headers, read });
  },
};

/** A new key for a create: made when the person begins, kept through every retry. */
export const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Called when the server no longer knows our token. */
let onSignedOut: (() => void) | undefined;
export const whenSignedOut = (listener: () => void): void => {
  onSignedOut = listener;
};

/** Called when nobody can work in our company now, and why is told at the door. */
let onClosed: (() => void) | undefined;
export const whenClosed = (listener: () => void): void => {
  onClosed = listener;
};

const closedCodes: readonly string[] = ['company.upgrading', 'company.notUpgraded', 'database.newer'];

async function callJson<T>(method: string, path: string, body: unknown, options?: CallOptions): Promise<T> {
  const headers = { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...options?.headers };
  const sent = body === undefined ? undefined : JSON.stringify(body);
  return call(method, path, sent, { ...options, headers, read: async (response) => jsonOf<T>(await response.text()) });
}

const jsonOf = <T>(text: string): T => (text === '' ? {} : JSON.parse(text)) as T;

interface Asking<T> extends CallOptions {
  /** Takes what is wanted from the answer. */
  read: (response: Response) => Promise<T>;
}

async function call<T>(method: string, path: string, body: BodyInit | undefined, { read, ...options }: Asking<T>): Promise<T> {
  const token = readToken();
  const headers = {
    Accept: 'application/json',
    ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
    ...(options.idempotencyKey === undefined ? {} : { 'Idempotency-Key': options.idempotencyKey }),
    ...options.headers,
  };
  const request = { method, headers, body };
  const answer = await askProven<T>(token, () =>
    overLine<Answer<T>>(options.signal, async (signal) => {
      const response = await fetch(serverAddress() + path, { ...request, signal });
      heed(response);
      return response.ok ? { taken: await read(response), problem: null } : { taken: null, problem: await problemOf(response) };
    }),
  );
  const { problem } = answer;
  if (problem === null) return answer.taken;
  if (problem.status === 401 && token !== null && readToken() === token) onSignedOut?.();
  if (problem.status === 503 && closedCodes.includes(problem.code)) onClosed?.();
  throw new ApiProblem(problem);
}

type Answer<T> = { readonly taken: T; readonly problem: null } | { readonly taken: null; readonly problem: Problem };

// Between networks that take turns a proof can come too late: then the person is told, and stays signed in.
const proofsMax = 3;

/** Asks, and where the device has to show its key first, asks the same again once it has done so. */
async function askProven<T>(token: string | null, ask: () => Promise<Answer<T>>): Promise<Answer<T>> {
  for (let proofs = 0; ; proofs += 1) {
    const asked = proofsSoFar();
    const answer = await ask();
    if (answer.problem?.code !== 'access.proveAgain' || token === null) return answer;
    if (proofs === proofsMax) throw new ApiProblem(answer.problem);
    if (!(await isProvenSince(asked, token))) return answer;
  }
}

/** Calls that wait for an answer, or for the rest of one. */
const underWay = new Set<AbortController>();

/** Ends every call that waits, as if the line had told us that it is dead: whoever asked may ask again. */
export function giveUpCalls(): void {
  for (const call of underWay) call.abort();
}

async function overLine<T>(stop: AbortSignal | undefined, ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const line = new AbortController();
  underWay.add(line);
  try {
    return await ask(stop ? AbortSignal.any([stop, line.signal]) : line.signal);
  } catch (cause) {
    // An answer that came whole and makes no sense is no matter of the line.
    if (stop?.aborted || cause instanceof SyntaxError) throw cause;
    throw new ApiProblem({ type: 'about:blank', title: 'connection.lost', status: 0, code: 'connection.lost' });
  } finally {
    underWay.delete(line);
  }
}

async function problemOf(response: Response): Promise<Problem> {
  const unexplained = { type: 'about:blank', title: response.statusText, status: response.status, code: `http.${response.status}` };
  if (!(response.headers.get('Content-Type') ?? '').includes('json')) return unexplained;
  const body = (await response.json().catch(() => ({}))) as Partial<Problem>;
  return { ...unexplained, ...body, status: response.status };
}

function fileNameOf(disposition: string | null): string | null {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1];
  if (encoded !== undefined) return decodeURIComponent(encoded);
  return /filename="?([^";]+)"?/i.exec(disposition ?? '')?.[1] ?? null;
}
