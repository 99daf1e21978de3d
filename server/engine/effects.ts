import type { AnyRecord, Definition } from '../../shared/kernel/definition.ts';
import type { Work } from '../work.ts';

/** What happened to a record, told to the features that asked to hear of it, inside the same transaction. */
export type Event =
  | { readonly kind: 'stored'; readonly record: AnyRecord; readonly before: AnyRecord | null }
  | { readonly kind: 'removed'; readonly record: AnyRecord }
  | {
      readonly kind: 'stepped';
      readonly record: AnyRecord;
      readonly step: string;
      /** The state it was in before. */
      readonly from: string;
      readonly reason?: string | undefined;
      /** The codes of warnings that were read and are to be passed over. */
      readonly confirmed?: readonly string[] | undefined;
    };

/** Gives true when it has written the record once more. */
export type Effect = (work: Work, definition: Definition, event: Event) => Promise<unknown>;

const byStep = new Map<string, Effect>();
const byType = new Map<string, Effect[]>();
const forAll: Effect[] = [];

/** A feature offers an effect that steps name in their definition (`effects: ['rememberPrices']`). */
export function offerEffect(name: string, effect: Effect): void {
  byStep.set(name, effect);
}

/** A feature listens to every change of one record type. */
export function listenTo(type: string, effect: Effect): void {
  byType.set(type, [...(byType.get(type) ?? []), effect]);
}

/** A feature listens to what happens to every record, whatever its type. */
export function listenToAll(effect: Effect): void {
  forAll.push(effect);
}

/** Tells everybody who asked; true when somebody has written the record once more. */
export async function effectsOf(work: Work, definition: Definition, event: Event): Promise<boolean> {
  let isRewritten = false;
  for (const effect of [...forAll, ...(byType.get(definition.type) ?? [])])
    isRewritten = (await effect(work, definition, event)) === true || isRewritten;
  if (event.kind !== 'stepped') return isRewritten;
  for (const name of definition.steps?.[event.step]?.effects ?? []) {
    const effect = byStep.get(name);
    if (!effect) throw new Error(`No feature offers the effect ${name}`);
    await effect(work, definition, event);
    isRewritten = true;
  }
  return isRewritten;
}
