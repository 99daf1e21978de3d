import type { DefinitionAnswer, RecordAnswer, RecordInput, StepInput } from '../../../../shared/contracts/wire.ts';
import type { DraftContent } from './calculations.ts';
import { type Parcel, parcelOf } from './input.ts';

/** The two calls that saving needs. */
export interface SaveDoor {
  create(input: RecordInput, key: string): Promise<RecordAnswer>;
  change(id: number, input: RecordInput): Promise<RecordAnswer>;
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

/** A refusal is final; when no answer came, nobody knows whether the record was made. */
const isUnanswered = (thrown: unknown): boolean => {
  const status = (thrown as { status?: unknown }).status;
  return typeof status !== 'number' || status === 0 || status >= 500;
};

interface Unanswered {
  key: string;
  input: RecordInput;
  parcel: Parcel;
}

/**
 * Saves one form as often as needed. A create that got no answer is sent again with its own key and its own words, so that it makes
 * one record however often it is tried; what was typed since then follows as a change.
 */
export function makeSaver(door: SaveDoor, makeKey: () => string): { save(wish: SaveWish): Promise<RecordAnswer> } {
  let unanswered: Unanswered | null = null;

  const create = async (attempt: Unanswered): Promise<RecordAnswer> => {
    unanswered = attempt;
    try {
      const answer = await door.create(attempt.input, attempt.key);
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
    if (wish.saved) {
      const { input } = parcelOf(wish.definition, wish.base, wish.now);
      return door.change(wish.saved.id, { ...input, ...asked, version: wish.saved.version });
    }
    const parcel = parcelOf(wish.definition, null, wish.now);
    const input = { ...parcel.input, ...asked };
    const first = unanswered;
    if (!first) return create({ key: makeKey(), input, parcel });
    const made = await create(first);
    if (JSON.stringify(first.input) === JSON.stringify(input)) return made;
    const later = parcelOf(wish.definition, { values: made.values, parts: made.parts }, withRealIds(wish.now, first.parcel.rowIds, made));
    return door.change(made.id, { ...later.input, ...asked, version: made.version });
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
