import type { DefinitionAnswer, RecordAnswer, RecordInput, StepInput } from '../../../../shared/contracts/wire.ts';
import type { DraftContent } from './calculations.ts';
import { type Parcel, parcelOf } from './input.ts';

/** The two calls that saving needs. */
export interface SaveDoor {
  create(input: RecordInput, key: string): Promise<RecordAnswer>;
  change(id: number, input: RecordInput, key: string): Promise<RecordAnswer>;
}

export interface SaveWish {
  definition: DefinitionAnswer;
  /** The record as the server knows it; null for a new one. */
  saved: { id: number; version: number } | null;
  base: DraftContent;
  now: DraftContent;
  /** Codes of questions answered with yes. */
  confirmed: readonly string[];
  /** A step to take with it in the same request: both are done, or neither. */
  step?: StepInput | undefined;
}

/** A refusal is final; when no answer came, nobody knows whether it was done. */
const isUnanswered = (thrown: unknown): boolean => {
  const status = (thrown as { status?: unknown }).status;
  return typeof status !== 'number' || status === 0 || status >= 500;
};

interface Unanswered {
  key: string;
  input: RecordInput;
  parcel: Parcel;
  /** The record and the version it was a change of; null for a create. */
  of: { id: number; version: number } | null;
}

/**
 * Saves one form as often as needed. What got no answer is sent again with its own key and its own words, so that it is done once
 * however often it is tried; what was typed since then follows as a change.
 */
export function makeSaver(door: SaveDoor, makeKey: () => string): { save(wish: SaveWish): Promise<RecordAnswer> } {
  const ask = makeAsker(makeKey);
  let unanswered: Unanswered | null = null;

  const send = async (attempt: Unanswered): Promise<RecordAnswer> => {
    const { input, of, key } = attempt;
    unanswered = attempt;
    try {
      const answer = await (of ? door.change(of.id, input, key) : door.create(input, key));
      unanswered = null;
      return answer;
    } catch (thrown) {
      if (!isUnanswered(thrown)) unanswered = null;
      throw thrown;
    }
  };

  const save = async (wish: SaveWish): Promise<RecordAnswer> => {
    const asked = {
      ...(wish.confirmed.length > 0 ? { confirmed: [...wish.confirmed] } : {}),
      ...(wish.step ? { step: wish.step } : {}),
    };
    const { definition, saved, now } = wish;
    const parcel = parcelOf(definition, saved ? wish.base : null, now);
    const input = { ...parcel.input, ...asked, ...(saved ? { version: saved.version } : {}) };
    const first = unanswered;
    // Whoever has taken a newer state from the server since then begins anew.
    if (first?.of?.version !== saved?.version || !first) return send({ key: makeKey(), input, parcel, of: saved });
    const made = await send(first);
    if (JSON.stringify(first.input) === JSON.stringify(input)) return made;
    // The form knows of nothing before all of it is done, and would begin from the same place again.
    unanswered = first;
    const later = parcelOf(definition, { values: made.values, parts: made.parts }, withRealIds(now, first.parcel.rowIds, made));
    const change = { ...later.input, ...asked, version: made.version };
    const changed = await ask(JSON.stringify(change), (key) => door.change(made.id, change, key));
    unanswered = null;
    return changed;
  };

  return { save };
}

/** The rows of the form under the ids the server gave them when it stored what was sent, in the order it was sent. */
export function withRealIds(content: DraftContent, rowIds: Parcel['rowIds'], made: Pick<RecordAnswer, 'parts'>): DraftContent {
  const parts = Object.fromEntries(
    Object.entries(content.parts).map(([name, rows]) => {
      const real = new Map((rowIds[name] ?? []).map((id, index) => [id, made.parts[name]?.[index]?.id ?? id]));
      return [name, rows.map((row) => ({ ...row, id: real.get(row.id) ?? row.id }))];
    }),
  );
  return { values: content.values, parts };
}

/** Asks for something with a key; the same words without an answer in between go out under the same key, and are done once. */
export function makeAsker(makeKey: () => string): <T>(words: string, ask: (key: string) => Promise<T>) => Promise<T> {
  let unanswered: { words: string; key: string } | null = null;
  return async (words, ask) => {
    const asked = unanswered?.words === words ? unanswered : { words, key: makeKey() };
    unanswered = asked;
    try {
      const answer = await ask(asked.key);
      unanswered = null;
      return answer;
    } catch (thrown) {
      if (!isUnanswered(thrown)) unanswered = null;
      throw thrown;
    }
  };
}
