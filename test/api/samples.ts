import { z } from 'zod';
import type { Route } from '../../server/http/route.ts';

/** Which records a request speaks of: one id for each type, and for what is no record (`file`, `session` …). */
export type Ids = Readonly<Record<string, number>>;

export interface Sample {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

/** Requests to a door about the given records: what its own samples say, else the least its schema asks for. */
export function samplesFor(door: Route, type: string, ids: Ids): Sample[] {
  const path = door.path
    .replace(':type', type)
    .replace(':id', String(ids[idKindOf(door.path, type)] ?? ids.customer))
    .replace(':step', 'approve')
    .replace(':version', '1');
  const own = special[`${door.method} ${door.path}`]?.(type, ids) ?? [{}];
  return own.map(({ query, body }) => ({
    method: door.method,
    path: query ? `${path}?${new URLSearchParams(query)}` : path,
    ...(body !== undefined ? { body } : door.body ? { body: leastFor(door.body, type, ids[type] ?? 1) } : {}),
  }));
}

const kinds: Readonly<Record<string, string>> = {
  customers: 'customer',
  orders: 'salesOrder',
  files: 'file',
  attachments: 'attachment',
  sessions: 'session',
  tokens: 'token',
  imports: 'import',
  accounts: 'account',
  users: 'user',
};

const idKindOf = (path: string, type: string): string => (path.includes(':type') ? type : (kinds[path.split('/')[2] ?? ''] ?? type));

interface Asked {
  readonly query?: Record<string, string>;
  readonly body?: unknown;
}

/** Where a request can name somebody else's record in more places than its path. */
const special: Readonly<Record<string, (type: string, ids: Ids) => Asked[]>> = {
  'post /api/records/:type/list': (type, ids) => [
    { body: { filter: { field: 'id', is: 'equal', value: ids[type] }, totals: true } },
    { body: { search: secretWord, totals: true } },
    { body: { deleted: true } },
    { body: { sharedWithMe: true } },
    ...(type === 'customer'
      ? []
      : [
          { body: { filter: { field: 'customer', is: 'equal', value: ids.customer } } },
          { body: { sort: [{ field: 'customer', direction: 'ascending' }] } },
        ]),
  ],
  'post /api/records/:type/export': (type, ids) => [
    { body: { query: { filter: { field: 'id', is: 'equal', value: ids[type] } }, format: 'csv' } },
  ],
  'post /api/pick/:type': (type, ids) => [
    { body: { text: secretWord } },
    { body: { text: '', filter: { field: 'id', is: 'equal', value: ids[type] } } },
    { body: { text: '', context: { customer: ids.customer } } },
  ],
  'post /api/records/:type': (type, ids) => [{ body: creating(type, ids) }],
  'patch /api/records/:type/:id': () => [{ body: { version: 1, values: { remark: '改' } } }, { body: { version: 7, values: {} } }],
  'post /api/records/:type/become': (_type, ids) =>
    ['quotation', 'salesOrder', 'openingBalance'].map((source) => ({ body: { sources: [{ type: source, id: ids[source] }] } })),
  'post /api/records/:type/:id/steps/:step': () => [{ body: { version: 1 } }, { body: { version: 2, reason: '不要' } }],
  'delete /api/records/:type/:id': () => [{ query: { version: '1' } }],
  'get /api/records/:type/sources': (_type, ids) => [{ query: { customer: String(ids.customer) } }, {}],
  'post /api/records/:type/similar': () => [{ body: { values: { name: '别家' } } }],
  'post /api/records/:type/bulk': (type, ids) => [
    { body: { operation: 'delete', ids: [ids[type]] } },
    { body: { operation: 'restore', ids: [ids[type]] } },
    { body: { operation: 'step', step: 'void', reason: '不要', ids: [ids[type]] } },
  ],
  'post /api/records/:type/:id/versions/:version/restore': () => [{ body: { version: 1 } }],
  'post /api/records/:type/:id/attachments': (_type, ids) => [{ body: { file: ids.file, name: 'x' } }],
  'post /api/shares': (_type, ids) => everyOwned((type) => ({ body: { type, ids: [ids[type]], users: [ids.attacker], access: 'write' } })),
  'delete /api/shares': (_type, ids) => everyOwned((type) => ({ body: { type, ids: [ids[type]], users: [ids.attacker] } })),
  'post /api/assign': (_type, ids) =>
    everyOwned((type) => ({ body: { type, ids: [ids[type]], owners: [ids.attacker], how: 'one', withDocuments: true } })),
  'get /api/prices': (_type, ids) => [{ query: { customer: String(ids.customer), items: String(ids.item) } }],
  'get /api/stock': (_type, ids) => [{ query: { items: String(ids.item) } }],
  'get /api/stock/moves': (_type, ids) => [{ query: { item: String(ids.item) } }],
  'get /api/stock/cost': (_type, ids) => [{ query: { item: String(ids.item) } }],
  'get /api/receivables': () => [{}, { query: { search: secretWord } }],
  'post /api/print/preview': (_type, ids) => [{ body: { layout: {}, documentType: 'quotation', id: ids.quotation } }],
};

/** A word that stands in every text of the records nobody else may see. */
export const secretWord = '机密远洋';

export const ownedTypes = ['customer', 'contact', 'quotation', 'salesOrder', 'stockOut', 'receipt', 'openingBalance'];

const everyOwned = (asked: (type: string) => Asked): Asked[] => ownedTypes.map(asked);

/** A record that hangs on the named ones: their customer, and rows that say they came from their documents. */
function creating(type: string, ids: Ids): unknown {
  const line = { item: ids.item, quantity: 1_000_000, grossPrice: 1_000_000 };
  const from = (source: string) => ({ sourceType: source, source: ids[source], sourceRow: ids[`${source}Row`] });
  const bodies: Record<string, unknown> = {
    customer: { values: { name: '下级', parent: ids.customer } },
    contact: { values: { name: '丁', customer: ids.customer } },
    quotation: { values: { customer: ids.customer }, parts: { lines: [line] } },
    salesOrder: { values: { customer: ids.ownCustomer }, parts: { lines: [{ ...line, ...from('quotation') }] } },
    stockOut: { values: { customer: ids.ownCustomer }, parts: { lines: [{ item: ids.item, quantity: 1_000_000, ...from('salesOrder') }] } },
    receipt: { values: { customer: ids.ownCustomer, amount: 100 }, parts: { allocations: [{ amount: 100, ...from('salesOrder') }] } },
    openingBalance: { values: { customer: ids.customer, total: 100 } },
  };
  return bodies[type] ?? {};
}

/** The least that a body's schema asks for, every id the given one and every type the given one. */
export function leastFor(schema: NonNullable<Route['body']>, type: string, id: number): unknown {
  return leastOf(shapeOf(schema), { type, id }, '');
}

export interface Shape {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Shape[];
  oneOf?: Shape[];
  properties?: Record<string, Shape>;
  required?: string[];
  items?: Shape;
  additionalProperties?: boolean | Shape;
  $ref?: string;
  default?: unknown;
  $defs?: Record<string, Shape>;
}

export const shapeOf = (schema: NonNullable<Route['body']>): Shape =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape;

function leastOf(shape: Shape, of: { type: string; id: number }, name: string): unknown {
  if (shape.const !== undefined) return shape.const;
  if (shape.enum) return shape.enum[0];
  const choice = (shape.anyOf ?? shape.oneOf)?.[0];
  if (choice) return leastOf(choice, of, name);
  switch (shape.type) {
    case 'object':
      return Object.fromEntries((shape.required ?? []).map((key) => [key, leastOf(shape.properties?.[key] ?? {}, of, key)]));
    case 'array':
      return shape.items ? [leastOf(shape.items, of, name)] : [];
    case 'integer':
    case 'number':
      return of.id;
    case 'boolean':
      return false;
    case 'string':
      return name === 'type' || name === 'documentType' ? of.type : 'x';
    default:
      return {};
  }
}
