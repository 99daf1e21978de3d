import type { FactBag } from '../../kernel/definition.ts';
import { mulDiv } from '../../kernel/numbers.ts';
import { fact } from '../facts.ts';

/** What the goods of an item cost that are taken out now: `amount` in its base unit (10⁻⁶), the answer in base minor units. */
export type CostTaker = (item: number, amount: number) => number;

/**
 * Hands out cost at the moving average, line after line of one document: what a line takes is gone for the next. Asks for the
 * fact 'averageCost'.
 */
export function costTaker(facts: FactBag): CostTaker {
  const left = new Map(Object.entries(fact(facts, 'averageCost')).map(([item, stock]) => [Number(item), { ...stock }]));
  return (item, amount) => takeCost(left.get(item), amount);
}

/** What the goods of an item are worth at the moving average, without taking any: base minor units, 0 where none are held. */
export function averageWorth(facts: FactBag, item: number, amount: number): number {
  const stock = fact(facts, 'averageCost')[item];
  return stock && stock.quantity > 0 && stock.value > 0 ? mulDiv([stock.value, amount], [stock.quantity]) : 0;
}

/** Moving average: the last piece takes whatever value is left, so that no value stays behind without goods. */
function takeCost(stock: { quantity: number; value: number } | undefined, amount: number): number {
  if (!stock || stock.quantity <= 0 || stock.value <= 0) return 0;
  const cost = amount >= stock.quantity ? stock.value : mulDiv([stock.value, amount], [stock.quantity]);
  stock.quantity -= amount;
  stock.value -= cost;
  return cost;
}
