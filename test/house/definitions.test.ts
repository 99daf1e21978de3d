import { describe, expect, test } from 'vitest';
import { catalogue } from '../../shared/catalogue.ts';
import { Catalogue } from '../../shared/kernel/catalogue.ts';
import { defineDocument } from '../../shared/kernel/defineDocument.ts';
import { defineRecord } from '../../shared/kernel/defineRecord.ts';
import type { Definition, Step } from '../../shared/kernel/definition.ts';
import { choice, dictionary, instant, integer, link, money, price, quantity, text } from '../../shared/kernel/fields.ts';
import { defineLedger } from '../../shared/kernel/ledger.ts';
import { proveDefinitions } from '../../shared/kernel/proveDefinitions.ts';

test('every definition the product ships with holds together', () => {
  expect(proveDefinitions(catalogue)).toEqual([]);
});

describe('a small sound house', () => {
  test('has no fault', () => expect(faultsOf()).toEqual([]));
});

describe('the proof finds', () => {
  test('a type, a table, a ledger and a calculation that exist twice', () => {
    const twin: Definition = { ...order, calculation: { name: 'order', run: (record) => ({ ...record }) } };
    const taken = defineRecord({
      type: 'orderLines',
      area: 'a',
      title: 'name',
      visibility: { by: 'company' },
      fields: { name: text({ max: 9 }) },
    });
    const faults = proveDefinitions(new Catalogue([...house(), twin, taken], [ledger, ledger]));
    expect(faults).toContain('order: the type is defined twice');
    expect(faults).toContain('order_lines: two tables would have this name');
    expect(faults).toContain('ledger stock: it is defined twice');
    expect(faults).toContain('order.calculation: the name order stands for another calculation already');
  });

  test('a ledger of something unknown, behind a right nobody can hold', () => {
    const lost = defineLedger({ name: 'lost', subject: 'ship', unit: 'money', outside: ['sea', 'sea'], shortage: 'none', secret: 'sea' });
    expect(proveDefinitions(new Catalogue(house(), [lost]))).toEqual([
      'ledger lost.subject: there is no type ship',
      'ledger lost.secret: there is no right see.sea',
      'ledger lost.shortage: it names no refusal',
      'ledger lost.outside: sea is named twice',
    ]);
  });

  test.each<[string, Partial<Definition>, string]>([
    ['a title that is no field', { title: 'label' }, 'order.title: label is no text field'],
    ['sorting by what is not there', { sort: [{ field: 'size', direction: 'ascending' }] }, 'order.sort: there is no field size'],
    ['duplicates of what is not there', { duplicates: { exact: [['label']], near: 'total' } }, 'order.duplicates: total is no text field'],
    ['a tree whose parent is another type', { tree: { parent: 'customer' } }, 'order.tree: customer is no link to the same type'],
    ['a picker that shows what is not there', { search: { show: ['lines.size'] } }, 'order.search: there is no field lines.size'],
    ['print data from what is no link', { print: { templates: [], include: ['number'] } }, 'order.print: number is no link'],
    [
      'visibility through what is no link',
      { visibility: { by: 'owner', through: 'number' } },
      'order.visibility: number is no link to a type',
    ],
    [
      'hiding by what is no flag',
      { visibility: { by: 'company', hides: { field: 'number', right: 'accounts.private' } } },
      'order.visibility: number is no flag that hides anything',
    ],
    [
      'an operation twice',
      { operations: ['read', 'read', 'create', 'change', 'approve', 'void'] },
      'order.operations: read is named twice',
    ],
    ['a record nobody can read', { operations: ['create', 'change', 'approve', 'void'] }, 'order.operations: nobody can read it'],
    [
      'a number drawn with a step that does not exist',
      { numbering: { field: 'number', series: 'A{serial:4}', drawnAt: 'sign' } },
      'order.numbering: there is no step sign',
    ],
    [
      'a series without a serial',
      { numbering: { field: 'number', series: 'A{year}', drawnAt: 'create' } },
      'order.numbering: it needs exactly one serial',
    ],
    ['a document without states', { states: undefined, steps: {}, becomes: {} }, 'order.states: a document needs them'],
    [
      'a state no step leads to',
      { states: { ...order.states, forgotten: { editable: 'none', look: 'done' } } },
      'order.states.forgotten: no step leads to it',
    ],
    [
      'a state in which a person edits what the engine writes',
      { states: { ...order.states, approved: { editable: ['total'], look: 'active' } } },
      'order.states.approved: total is no field a person can edit',
    ],
    [
      'an automatic step nobody calls for',
      { steps: { ...order.steps, finish: { ...step('approve'), automatic: true } } },
      'order.steps: nothing calls for the automatic step',
    ],
  ])('%s', (_what, change, fault) => {
    expect(faultsOf(change)).toContain(fault);
  });

  test.each<[string, Partial<Step>, string]>([
    ['a state it leaves that does not exist', { from: ['draft', 'gone'] }, 'there is no state gone'],
    ['a step that begins nowhere', { from: [] }, 'it begins nowhere'],
    ['an operation the type does not have', { operation: 'share' }, "its operation share is none of the type's"],
    ['undoing what is no step', { undoes: ['sign'] }, 'it undoes sign, which is no step'],
    ['undoing what moves nothing', { undoes: ['submit'] }, 'it undoes submit, which moves nothing'],
    ['a posting without a name', { posts: { name: '', moves: () => ({ moves: [] }) } }, 'its posting has no name'],
    ['a posting that nothing undoes', { feeds: true, posts: undefined }, 'it moves something and no step undoes it'],
    ['a posting that can be repeated', { from: ['approved'], feeds: true }, 'it could be taken again and again'],
    ['an effect without a name', { effects: ['Remember prices'] }, 'Remember prices is no name of an effect'],
    [
      'a guard passed with a right that does not exist',
      { requires: [{ name: 'free', check: () => null, override: 'stock.dream' }] },
      'the guard free is passed with stock.dream, which is no right',
    ],
  ])('%s', (_what, change, fault) => {
    const steps = { ...order.steps, extra: { ...step('approve'), ...change } };
    expect(faultsOf({ steps })).toContain(`order.steps.extra: ${fault}`);
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['a type that does not exist', { ghost: becoming }, 'ghost: there is no such type'],
    ['a state that does not exist', { delivery: { ...becoming, from: ['gone'] } }, 'delivery: there is no state gone'],
    ['a part that does not exist', { delivery: { ...becoming, each: { part: 'rows' } } }, 'delivery: there is no part rows'],
    [
      'a target without the part',
      { delivery: { ...becoming, into: { part: 'rows', field: 'quantity' } } },
      'delivery: delivery has no part rows',
    ],
    ['a field to feed that does not exist', { delivery: { ...becoming, feeds: 'sent' } }, 'delivery: there is no field sent to feed'],
    ['a fed field that people may write', { delivery: { ...becoming, feeds: 'quantity' } }, 'delivery: quantity may be written by hand'],
    ['kinds that do not add up', { delivery: { ...becoming, limit: 'price' } }, 'delivery: it counts quantity, price, quantity together'],
    [
      'a copy of what is not there',
      { delivery: { ...becoming, row: { item: 'article' } } },
      'delivery: there is no field article to carry over',
    ],
    [
      'a copy into another kind',
      { delivery: { ...becoming, row: { item: 'customerPart' } } },
      'delivery: customerPart does not fit into item',
    ],
    [
      'a copy into what the engine writes',
      { delivery: { ...becoming, head: { number: 'number' } } },
      'delivery: number cannot be filled in',
    ],
    [
      'agreement on what is not carried over',
      { delivery: { ...becoming, same: ['owner'] } },
      'delivery: owner must agree, but is not carried over',
    ],
    [
      'a day kept in what is no day',
      { delivery: { ...becoming, dates: { field: 'total', of: 'delivery' } } },
      'delivery: total is no day that the engine keeps',
    ],
    [
      'a day that another document should tell and does not',
      { delivery: { ...becoming, dates: { field: 'total', of: 'plain' } } },
      'delivery: plain does not tell its day',
    ],
    [
      'the day of what has none',
      { delivery: { ...becoming, dates: { field: 'total', of: 'delivery' } } },
      'delivery: delivery has no day to keep',
    ],
    [
      'rows taken back that nobody counts',
      { delivery: { ...becoming, dates: { field: 'total', of: 'delivery', gone: 'reddened' } } },
      'delivery: nobody counts lines.reddened',
    ],
    ['a target whose rows forget where they came from', { plain: becoming }, 'plain: plain does not remember its source'],
  ])('becoming %s', (_what, becomes, fault) => {
    expect(faultsOf({ becomes: becomes as Definition['becomes'] })).toContain(`order.becomes.${fault}`);
  });

  test('a field fed by a document that the order never becomes', () => {
    expect(faultsOf({ becomes: {} })).toEqual(['order.parts.lines.shipped: it is fed by delivery, but does not become that']);
  });

  test.each<[string, Definition['fields'], string]>([
    ['a link to nothing', { ship: link('ship') }, 'fields.ship: there is no type ship'],
    ['a default that has no main one', { chief: link('user', { default: 'main' }) }, 'fields.chief: no user is the main one'],
    ['a default of another type', { chief: link('customer', { default: 'actor' }) }, 'fields.chief: its default is no customer'],
    ['a list the company does not keep', { mood: dictionary('mood') }, 'fields.mood: there is no dictionary mood'],
    ['a choice without choices', { mood: choice([]) }, 'fields.mood: there is nothing to choose'],
    [
      'a default that is no choice',
      { mood: choice(['good', 'good'], { default: 'bad' as 'good' }) },
      'fields.mood: its default bad is no choice',
    ],
    ['limits the wrong way round', { size: integer({ min: 9, max: 1 }) }, 'fields.size: its least is more than its most'],
    ['a default outside the limits', { size: quantity({ min: 9, default: 1 }) }, 'fields.size: its default is outside its limits'],
    ['a limit that is not exact', { size: price({ min: 0.5 }) }, 'fields.size: its limits or its default are no exact integers'],
    ['text that holds nothing', { label: text({ max: 0 }) }, 'fields.label: it can hold nothing'],
    ['a secret without a right', { label: text({ max: 9, secret: 'dream' as 'cost' }) }, 'fields.label: there is no right see.dream'],
    ['a feeder that does not exist', { sum: money({ fedBy: 'ship', in: 'base' }) }, 'fields.sum: there is no type ship to feed it'],
    ['a number that must be unique', { size: integer({ unique: true }) }, 'fields.size: only text can be unique'],
    ['money in no currency', { sum: money() }, 'fields.sum: the record has no currency for it'],
    ['a moment that nothing stamps', { seen: instant({ derived: true, stampedBy: 'look' }) }, 'fields.seen: it cannot be stamped by look'],
    ['a column the engine has', { createdAt: text({ max: 9 }) }, 'fields: the column created_at is taken by the engine'],
    [
      'two fields with one column',
      { label: text({ max: 9, sorted: 'pinyin' }), labelSort: text({ max: 9 }) },
      'fields: two fields would have the column label_sort',
    ],
    ['a name that is none', { Label_: text({ max: 9 }) }, ': Label_ is no name in camel case'],
  ])('%s', (_what, extra, fault) => {
    expect(faultsOf({ fields: { ...order.fields, ...extra } })).toContain(fault.startsWith(':') ? `order${fault}` : `order.${fault}`);
  });

  test('a row that calls its own fields what the engine calls its place', () => {
    const rows = { max: 0, key: ['none'], fields: { parent: link('order'), position: integer(), code: text({ max: 9, unique: true }) } };
    expect(faultsOf({ parts: { ...order.parts, number: rows } })).toEqual([
      'order.parts.number: a field has this name already',
      'order.parts.number.key: there is no field none',
      'order.parts.number.max: it allows no row',
      'order.parts.number: the column parent is taken by the engine',
      'order.parts.number: the column position is taken by the engine',
      "order.parts.number.code: only a record's own field can be unique",
    ]);
  });
});

const company = { by: 'company' } as const;
const user = defineRecord({ type: 'user', area: 'people', title: 'name', visibility: company, fields: { name: text({ max: 9 }) } });
const department = defineRecord({ ...user, type: 'department' });
const customer = defineRecord({
  type: 'customer',
  area: 'sales',
  title: 'name',
  visibility: { by: 'owner' },
  fields: { name: text({ max: 9 }) },
});
const ledger = defineLedger({ name: 'stock', subject: 'customer', unit: 'quantity', outside: ['world'], shortage: 'stock.notEnough' });

const becoming = {
  from: ['approved'],
  each: { part: 'lines' },
  into: { part: 'lines', field: 'quantity' },
  feeds: 'shipped',
  limit: 'quantity',
  head: { customer: 'customer' },
  same: ['customer'],
  row: { item: 'item' },
} as const;

const step = (operation: Step['operation']): Step => ({ from: ['draft'], to: 'approved', operation });

const order = defineDocument({
  type: 'order',
  area: 'sales',
  visibility: { by: 'owner', through: 'customer' },
  numbering: { series: 'A{yyyy}{serial:4}', drawnAt: 'create' },
  sort: [{ field: 'number', direction: 'descending' }],
  fields: { customer: link('customer', { required: true }), total: money({ derived: true, in: 'base' }) },
  parts: {
    lines: {
      max: 9,
      key: ['item'],
      fields: {
        item: link('customer'),
        quantity: quantity(),
        price: price(),
        customerPart: text({ max: 9 }),
        shipped: quantity({ fedBy: 'delivery' }),
      },
    },
  },
  calculation: { name: 'order', run: (record) => record },
  states: {
    draft: { editable: 'all', look: 'draft' },
    pending: { editable: 'none', look: 'waiting' },
    approved: { editable: ['remark'], look: 'active' },
  },
  steps: {
    submit: { from: ['draft'], to: 'pending', operation: 'change' },
    approve: { ...step('approve'), posts: { name: 'promise', moves: () => ({ moves: [] }) } },
    takeBack: { from: ['approved', 'pending'], to: 'draft', operation: 'void', undoes: ['approve'], asksReason: true },
  },
  becomes: { delivery: becoming },
});

const delivery = defineDocument({
  ...order,
  type: 'delivery',
  parts: {
    lines: {
      max: 9,
      fields: { sourceType: text({ max: 9 }), source: integer(), sourceRow: integer(), item: link('customer'), quantity: quantity() },
    },
  },
  steps: { ...order.steps, approve: { ...step('approve'), feeds: true } },
  becomes: {},
});

const plain = defineDocument({
  ...delivery,
  type: 'plain',
  parts: { lines: { max: 9, fields: { item: link('customer'), quantity: quantity() } } },
});

function house(change: Partial<Definition> = {}): Definition[] {
  return [user, department, customer, { ...order, ...change } as Definition, delivery, plain];
}

function faultsOf(change?: Partial<Definition>): string[] {
  return proveDefinitions(new Catalogue(house(change), [ledger]));
}
