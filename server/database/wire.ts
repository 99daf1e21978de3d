/**
 * What connects the processes that keep the same company: words from each to all others, and things that only one of them may
 * hold. Where a database belongs to one process alone nobody listens, and everything is its own.
 */
export interface Wire {
  /** Tells the other processes, in the order told, at most `wordBytesMax` bytes at once. While the wire is broken a word is lost; `again` tells of it. */
  say(word: string): void;
  /** Takes a thing for this process until it gives it back, ends, or the wire breaks; null while anybody has it. */
  hold(thing: string): Promise<Hold | null>;
  close(): Promise<void>;
}

export interface Hold {
  /** Aborted when the thing is lost without having been given back: another process may have it now. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

/** Who listens at a wire. */
export interface Ears {
  /** A word of another process. */
  hear(word: string): void;
  /** Nothing can be heard: called when the wire breaks and every second until it is whole again. */
  deaf(): void;
  /** The wire is whole again. What others said meanwhile is lost, and with `hasLostWords` something of ours as well. */
  again(hasLostWords: boolean): void;
}

/** PostgreSQL takes less than 8000 bytes. */
export const wordBytesMax = 7_900;

/** The wire of a process that has its database for itself. */
export function loneWire(): Wire {
  const held = new Set<string>();
  const lost = new AbortController().signal;
  return {
    say: () => undefined,
    hold: async (thing) => {
      if (held.has(thing)) return null;
      held.add(thing);
      return {
        lost,
        release: async () => {
          held.delete(thing);
        },
      };
    },
    close: async () => undefined,
  };
}
