import { defineDocument } from '../../kernel/defineDocument.ts';
import type { AnyRecord, FactBag, Guard, PostingResult } from '../../kernel/definition.ts';
import { day, link, money, quantity, rate } from '../../kernel/fields.ts';
import { placeOf } from '../../kernel/ledger.ts';
import { splitByLargestRemainder, sumOf } from '../../kernel/numbers.ts';
import { baseQuantityOf } from '../commercial.ts';
import { fact } from '../facts.ts';
import { goodsLines } from '../goods.ts';
import { lotNumbers, lotRows, usableLots } from '../lots.ts';
import { reversalFields } from '../reversal.ts';
import { costTaker } from './cost.ts';
import { gathered, goodsCost, goodsStates, goodsSteps } from './goods.ts';

/** The set that is made or broken: how many of it, in its own unit. */
const setHead = (type: string) =>
  ({
    day: day({ required: true, default: 'today', list: true, indexed: true }),
    warehouse: link('warehouse', { required: true, default: 'main', list: true }),
    setItem: link('item', { required: true, list: true, indexed: true, search: 'text' }),
    quantity: quantity({ required: true, min: 1, list: true }),
    keeper: link('user', { default: 'actor' }),
    costTotal: money({ derived: true, in: 'base', list: true, secret: 'cost' }),
    ...reversalFields(type),
  }) as const;

/** Parts become a set (组装), which costs what they cost. */
export const assembly = defineDocument({
  type: 'assembly',
  area: 'stock',
  visibility: { by: 'company' },
  numbering: { series: 'AS{yyyy}{mm}{dd}-{serial:4}', drawnAt: 'create' },
  print: { templates: ['assemblyNote'], include: [] },
  fields: setHead('assembly'),
  parts: { lines: goodsLines({ lotNumbers, cost: money({ derived: true, in: 'base', secret: 'cost' }) }), lots: lotRows({ go: 'in' }) },
  calculation: goodsCost,
  states: goodsStates,
  steps: goodsSteps({
    posts: { name: 'assemble', facts: ['averageCost', 'mayOverdraw'], moves: assemble },
    requires: [setIsNoPart(), ...usableLots],
  }),
});

/** A set becomes parts (拆卸), which share what it cost. */
export const disassembly = defineDocument({
  type: 'disassembly',
  area: 'stock',
  visibility: { by: 'company' },
  numbering: { series: 'DA{yyyy}{mm}{dd}-{serial:4}', drawnAt: 'create' },
  print: { templates: ['disassemblyNote'], include: [] },
  fields: setHead('disassembly'),
  parts: {
    lines: goodsLines({
      share: rate({ min: 0, max: 1_000_000_000 }),
      lotNumbers,
      cost: money({ derived: true, in: 'base', secret: 'cost' }),
    }),
    lots: lotRows({ go: 'in' }),
  },
  calculation: goodsCost,
  states: goodsStates,
  steps: goodsSteps({
    posts: { name: 'disassemble', facts: ['averageCost', 'mayOverdraw'], moves: disassemble },
    requires: [setIsNoPart(), ...usableLots],
  }),
});

/** Nothing is made of itself, and a set is goods. */
function setIsNoPart(): Guard {
  return {
    name: 'setIsNoPart',
    facts: ['stockKept'],
    check: ({ values, parts }, facts) => {
      if (fact(facts, 'stockKept')[Number(values.setItem)] === false)
        return { code: 'stock.notKept', facts: { count: 1 }, fields: [{ path: 'setItem', code: 'stock.notKept' }] };
      const own = (parts.lines ?? []).findIndex((line) => line.item === values.setItem);
      return own < 0 ? null : { code: 'assembly.partOfItself', fields: [{ path: `lines.${own}.item`, code: 'assembly.partOfItself' }] };
    },
  };
}

function assemble(document: AnyRecord, facts: FactBag): PostingResult {
  const takeCost = costTaker(facts);
  const from = warehouseOf(document, facts);
  const parts = gathered(document, (line, amount) => {
    const cost = takeCost(Number(line.item), amount);
    return {
      cost,
      moves: [
        { ledger: 'stock', subject: Number(line.item), ...from, to: 'assembly', amount },
        { ledger: 'cost', subject: Number(line.item), from: 'stock', to: 'assembly', amount: cost },
      ],
    };
  });
  const set = Number(document.values.setItem);
  const cost = sumOf((parts.rows ?? []).map((row) => Number(row.values.cost)));
  return {
    ...parts,
    moves: [
      ...parts.moves,
      { ledger: 'stock', subject: set, from: 'assembly', to: from.from, amount: Number(document.values.quantity) },
      ...(cost > 0 ? [{ ledger: 'cost', subject: set, from: 'assembly', to: 'stock', amount: cost }] : []),
    ],
  };
}

/** The cost of the set is split by the shares given, by quantity where none is, and adds up. */
function disassemble(document: AnyRecord, facts: FactBag): PostingResult {
  const from = warehouseOf(document, facts);
  const set = Number(document.values.setItem);
  const amount = Number(document.values.quantity);
  const cost = costTaker(facts)(set, amount);
  const lines = document.parts.lines ?? [];
  const hasShares = lines.some((line) => Number(line.share ?? 0) > 0);
  const costs = splitByLargestRemainder(
    cost,
    lines.map((line) => (hasShares ? Number(line.share ?? 0) : baseQuantityOf(line))),
  );
  const parts = gathered(document, (line, quantityOut) => {
    const share = costs[lines.indexOf(line)] ?? 0;
    return {
      cost: share,
      moves: [
        { ledger: 'stock', subject: Number(line.item), from: 'assembly', to: from.from, amount: quantityOut },
        { ledger: 'cost', subject: Number(line.item), from: 'assembly', to: 'stock', amount: share },
      ],
    };
  });
  return {
    ...parts,
    moves: [
      { ledger: 'stock', subject: set, ...from, to: 'assembly', amount },
      ...(cost > 0 ? [{ ledger: 'cost', subject: set, from: 'stock', to: 'assembly', amount: cost }] : []),
      ...parts.moves,
    ],
  };
}

function warehouseOf(document: AnyRecord, facts: FactBag): { from: string; mayOverdraw: boolean } {
  const warehouse = Number(document.values.warehouse);
  return { from: placeOf('warehouse', warehouse), mayOverdraw: fact(facts, 'mayOverdraw')[warehouse] ?? false };
}
