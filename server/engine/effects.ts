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
    };

export type Effect = (work: Work, definition: Definition, event: Event) => Promise<void>;

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

export async function effectsOf(work: Work, definition: Definition, event: Event): Promise<void> {
  for (const effect of [...forAll, ...(byType.get(definition.type) ?? [])]) await effect(work, definition, event);
  if (event.kind !== 'stepped') return;
  for (const name of definition.steps?.[event.step]?.effects ?? []) {
    const effect = byStep.get(name);
    if (!effect) throw new Error(`No feature offers the effect ${name}`);
    await effect(work, definition, event);
  }
}
