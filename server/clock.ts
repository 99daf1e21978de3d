/** The only clock of the server. Tests set it. */
export const clock = {
  /** Milliseconds since 1970, UTC. */
  now: (): number => Date.now(),
};
