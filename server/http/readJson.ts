import { Refusal } from '../../shared/kernel/refusal.ts';

const depthMax = 20;

/**
 * Reads a JSON body strictly: UTF-8, at most 20 levels, no key twice in one object however it is spelt, none called
 * `__proto__`, no number that is not finite. Refuses 'request.badJson' with what is wrong. JSON.parse alone would take the last
 * of two equal keys without a word, and the schemas pass over `__proto__` in silence.
 */
export function readJson(bytes: Buffer): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Refusal('request.badJson', { problem: 'encoding' });
  }
  if (text.trim() === '') return undefined;
  try {
    refuseOddShape(text);
    return JSON.parse(text, refuseInfinite);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal('request.badJson', { problem: 'syntax' });
  }
}

function refuseInfinite(_key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Refusal('request.badJson', { problem: 'number' });
  return value;
}

const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]/gs;

/** One pass over strings and brackets finds depth and double keys; whether the rest is JSON at all is the parser's matter. */
function refuseOddShape(text: string): void {
  const keys: (Set<string> | null)[] = [];
  let pending: string | null = null;
  for (const [piece] of text.matchAll(token)) {
    if (piece === '{' || piece === '[') {
      keys.push(piece === '{' ? new Set() : null);
      if (keys.length > depthMax) throw new Refusal('request.badJson', { problem: 'depth' });
    } else if (piece === '}' || piece === ']') keys.pop();
    else if (piece === ':') noteKey(keys.at(-1), pending);
    pending = piece.startsWith('"') ? piece : null;
  }
}

function noteKey(known: Set<string> | null | undefined, key: string | null): void {
  if (!known || key === null) return;
  const name = String(JSON.parse(key));
  if (name === '__proto__') throw new Refusal('request.badJson', { problem: 'reservedKey' });
  if (known.has(name)) throw new Refusal('request.badJson', { problem: 'doubleKey' });
  known.add(name);
}
