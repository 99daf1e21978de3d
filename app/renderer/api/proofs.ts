/** Shows the key of this device to the server, for the session of a token. */
type Prove = (token: string) => Promise<boolean>;

let prove: Prove | undefined;
let provenCount = 0;
const running = new Map<string, Promise<boolean>>();

/** Says how this device proves its key when the server asks for that before a session goes on. */
export const whenProofDue = (how: Prove): void => {
  prove = how;
};

/** How often this window has proven its device: whoever asks the server remembers it, for `isProvenSince`. */
export const proofsSoFar = (): number => provenCount;

/**
 * Whether the device has proven its key since something was asked (see proofsSoFar), now if it has not yet: all that was refused
 * meanwhile waits for one proof. False where this device has no key to show; throws when the server says no or cannot be reached.
 */
export function isProvenSince(asked: number, token: string): Promise<boolean> {
  if (provenCount > asked) return Promise.resolve(true);
  const known = running.get(token);
  if (known) return known;
  const proof = provenNow(token).finally(() => running.delete(token));
  running.set(token, proof);
  return proof;
}

async function provenNow(token: string): Promise<boolean> {
  const isProven = (await prove?.(token)) ?? false;
  if (isProven) provenCount += 1;
  return isProven;
}
