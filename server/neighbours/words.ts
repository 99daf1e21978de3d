import { z } from 'zod';
import { wordBytesMax } from '../database/wire.ts';
import type { Announcement } from '../work.ts';

const changeSchema = z.tuple([z.string(), z.number(), z.number(), z.array(z.string())]);
const wordSchema = z.discriminatedUnion('word', [
  /** Records changed: type, id, version, rooms. */
  z.object({ word: z.literal('changed'), changes: z.array(changeSchema) }),
  /** Sessions have ended: their sockets close. */
  z.object({ word: z.literal('ended'), sessions: z.array(z.number()) }),
  /** People, positions or departments changed. */
  z.object({ word: z.literal('rights') }),
  z.object({ word: z.literal('settings') }),
  /** Somebody could not say something: all clients look anew. */
  z.object({ word: z.literal('missed') }),
  /** How far a long piece of work is that runs over there; null when it has ended. */
  z.object({ word: z.literal('shows'), name: z.string(), state: z.unknown() }),
  /** Whoever runs the piece of work is asked to stop it. */
  z.object({ word: z.literal('stop'), name: z.string() }),
]);

/** What processes that keep the same company say to each other. */
export type Word = z.infer<typeof wordSchema>;

/** To be told inside the transaction that changes people, positions or departments: no process may miss it. */
export const rightsChanged = JSON.stringify({ word: 'rights' } satisfies Word);
/** To be told inside the transaction that changes settings. */
export const settingsChanged = JSON.stringify({ word: 'settings' } satisfies Word);

export const textOf = (word: Word): string => JSON.stringify(word);

/** What was said, or null for what this release does not understand: another one may be running beside it while it is upgraded. */
export function wordIn(text: string): Word | null {
  try {
    return wordSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

// Braces, quotes and the word itself.
const frameBytes = 60;

/** Changes as texts that fit the wire. One that very many people hear is told in several pieces. */
export function textsOfChanges(changes: readonly Announcement[]): string[] {
  const rows = changes.flatMap(({ type, id, version, rooms }) =>
    piecesOf(rooms, wordBytesMax / 2).map((some): z.infer<typeof changeSchema> => [type, id, version, some]),
  );
  return piecesOf(rows, wordBytesMax - frameBytes).map((some) => textOf({ word: 'changed', changes: some }));
}

/** Ended sessions as texts that fit the wire. */
export const textsOfEnded = (sessions: readonly number[]): string[] =>
  piecesOf(sessions, wordBytesMax - frameBytes).map((some) => textOf({ word: 'ended', sessions: some }));

/** A list cut where its JSON would become longer than so many bytes. */
function piecesOf<T>(list: readonly T[], bytesMax: number): T[][] {
  const pieces: T[][] = [];
  let left = 0;
  for (const one of list) {
    const bytes = Buffer.byteLength(JSON.stringify(one)) + 1;
    if (bytes > left) {
      pieces.push([]);
      left = bytesMax;
    }
    pieces.at(-1)?.push(one);
    left -= bytes;
  }
  return pieces;
}
