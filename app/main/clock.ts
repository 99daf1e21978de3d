/** What time it is on this computer, milliseconds since 1970, UTC. */
export const nowMs = (): number => Date.now();
