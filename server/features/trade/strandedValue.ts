import type { AnyRecord, Definition } from '../../../shared/kernel/definition.ts';
import type { Event } from '../../engine/effects.ts';
import { dayOfStep } from '../../engine/periods.ts';
import { balancesOf, kindOfPlace } from '../../ledger/balances.ts';
import { isGuarded, post } from '../../ledger/post.ts';
import type { Work } from '../../work.ts';

/**
 * What taking back may leave behind: goods that came dear and are taken back after others went out at the average leave value
 * without goods, or goods worth less than nothing. The rest is an adjustment of the day it is taken back, seen on the cost card, so
 * that value and goods always end together.
 */
export async function adjustStrandedValue(work: Work, definition: Definition, event: Event): Promise<void> {
  if (event.kind !== 'stepped') return;
  const step = definition.steps?.[event.step];
  if (!step?.undoes) return;
  const items = itemsMovedBack(event.record, definition);
  if (items.length === 0) return;
  const stranded = await strandedIn(work, items);
  const cause = { type: definition.type, id: event.record.id, step: event.step, day: dayOfStep(work, event.record, step) };
  await post(
    work,
    cause,
    [...stranded].map(([subject, value]) => {
      const [from, to] = value > 0 ? ['stock', 'adjustment'] : ['adjustment', 'stock'];
      return { ledger: 'cost', subject, from, to, amount: Math.abs(value) };
    }),
  );
}

/** Every item the document names, in its rows or its head. */
function itemsMovedBack(record: AnyRecord, definition: Definition): number[] {
  const items = new Set<number>();
  const collect = (fields: Definition['fields'], values: Readonly<Record<string, unknown>>): void => {
    for (const [name, field] of Object.entries(fields)) {
      if (field.kind === 'link' && field.to === 'item' && typeof values[name] === 'number') items.add(values[name]);
    }
  };
  collect(definition.fields, record.values);
  for (const [part, { fields }] of Object.entries(definition.parts)) for (const row of record.parts[part] ?? []) collect(fields, row);
  return [...items];
}

/** By item: value that has no goods, and (below zero) what goods lack to be worth nothing. */
async function strandedIn(work: Work, items: readonly number[]): Promise<Map<number, number>> {
  const value = new Map(
    (await balancesOf(work, 'cost', items, true)).filter(({ place }) => place === 'stock').map((row) => [row.subject, row.amount]),
  );
  const ledger = work.company.catalogue.ledger('stock');
  const quantity = new Map<number, number>();
  for (const { subject, place, amount } of await balancesOf(work, 'stock', items, true)) {
    if (isGuarded(ledger, kindOfPlace(place))) quantity.set(subject, (quantity.get(subject) ?? 0) + amount);
  }
  return new Map(
    [...value].flatMap(([item, worth]): [number, number][] => {
      if (worth < 0) return [[item, worth]];
      return worth > 0 && (quantity.get(item) ?? 0) === 0 ? [[item, worth]] : [];
    }),
  );
}
