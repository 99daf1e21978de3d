import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { trimDefinitions } from '../../server/access/trim.ts';
import { buildOpenApi, type OpenApi } from '../../server/http/openapi/buildOpenApi.ts';
import { type Schema, schemaFor } from '../../server/http/openapi/zodSchemas.ts';
import { route } from '../../server/http/route.ts';
import { routes } from '../../server/http/routes/index.ts';
import { openapiRoutes } from '../../server/http/routes/openapi.ts';
import { type Office, openOffice, stores } from '../scenarios/office.ts';
import { openDoor } from './door.ts';

let office: Office;
let whole: OpenApi;

beforeAll(async () => {
  const [sqlite] = stores;
  office = await openOffice(sqlite!);
  whole = buildOpenApi(routes, trimDefinitions(await office.actor('admin'), office.company.catalogue), '1.2.3');
});
afterAll(() => office.close());

const patternOf = (path: string): RegExp =>
  new RegExp(`^${path.replace(/:(\w+)/g, (_, name: string) => (name === 'type' ? '[\\w{}]+' : `\\{${name}\\}`))}$`);

test('every route is described', () => {
  const described = Object.entries(whole.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method} ${path}`),
  );
  const missing = routes.filter(
    ({ method, path }) => !described.some((one) => one.startsWith(`${method} `) && patternOf(path).test(one.slice(method.length + 1))),
  );
  expect(missing.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
});

test('each record type has paths and schemas of its own, and a step is one of its steps', () => {
  const make = whole.paths['/api/records/salesOrder']?.post as { requestBody: unknown; responses: unknown };
  expect(JSON.stringify(make.requestBody)).toContain('#/components/schemas/salesOrderInput');
  expect(JSON.stringify(make.responses)).toContain('#/components/schemas/salesOrder"');
  const step = whole.paths['/api/records/salesOrder/{id}/steps/{step}']?.post as {
    parameters: { name: string; schema: { enum?: string[] } }[];
  };
  expect(step.parameters.find(({ name }) => name === 'step')?.schema.enum).toContain('approve');
  expect(whole.paths['/api/records/customer/{id}/steps/{step}']).toBeUndefined();
  expect(JSON.stringify(whole.components.schemas.salesOrder)).toContain('in 10⁻⁶ of a unit');
});

test('every reference leads somewhere and every schema is one', () => {
  const text = JSON.stringify(whole);
  const names = new Set([...text.matchAll(/"\$ref":"#\/components\/(\w+)\/([^"]+)"/g)].map(([, kind, name]) => `${kind}/${name}`));
  expect(text).not.toMatch(/"\$ref":"#(\/\$defs|")/);
  for (const name of names) {
    const [kind = '', of = ''] = name.split('/');
    expect((whole.components as unknown as Record<string, Record<string, unknown>>)[kind], name).toHaveProperty([of]);
  }
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema({ $id: 'api', components: whole.components });
  for (const name of Object.keys(whole.components.schemas)) {
    expect(() => ajv.compile({ $ref: `api#/components/schemas/${name}` }), name).not.toThrow();
  }
});

test('a list query with nested filters passes its schema, and one with an unknown key does not', () => {
  const reference = /"(#[^"]+)"/.exec(JSON.stringify(whole.paths['/api/records/customer/list']?.post?.requestBody))?.[1];
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema({ $id: 'api', components: whole.components });
  const check = ajv.compile({ $ref: `api${reference}` });
  expect(check({ filter: { all: [{ not: { field: 'name', is: 'contains', value: '宏' } }] } })).toBe(true);
  expect(check({ filter: { all: [{ not: { field: 'name', is: 'sounds' } }] } })).toBe(false);
  expect(check({ where: 1 })).toBe(false);
});

test('a body that contains itself is found by its name in the document', () => {
  interface Branch {
    inner: Branch[];
  }
  const branch: z.ZodType<Branch> = z.strictObject({ inner: z.array(z.lazy(() => branch)) });
  const schemas: Record<string, Schema> = {};
  expect(schemaFor(branch, 'Branch', schemas)).toEqual({ $ref: '#/components/schemas/Branch' });
  expect(JSON.stringify(schemas)).toContain('{"$ref":"#/components/schemas/Branch"}');
});

test('an operation has an id of its own, declares its parameters and names its security', () => {
  const operations = Object.entries(whole.paths).flatMap(([path, methods]) =>
    Object.values(methods).map((one) => ({ path, ...one }) as { path: string } & Record<string, unknown>),
  );
  const ids = operations.map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { path, parameters, responses } of operations) {
    const declared = (parameters as { name: string; in: string }[]).filter((one) => one.in === 'path').map(({ name }) => name);
    expect(declared, path).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
    expect(responses).toHaveProperty('default');
  }
  expect(whole.openapi).toBe('3.1.0');
  expect(whole.security).toEqual([{ token: [] }]);
  expect(whole.paths['/api/sign-in']?.post).toMatchObject({ security: [] });
  expect(JSON.stringify(whole.components.schemas.Problem)).toContain('stock.notEnough');
});

test('fields without the right are absent, and so are types that may not be read', async () => {
  const clerk = buildOpenApi(routes, trimDefinitions(await office.actor('chen'), office.company.catalogue), '1.2.3');
  const order = JSON.stringify(clerk.components.schemas.salesOrder);
  expect(order).toContain('deliveryAddress');
  for (const secret of ['grossPrice', 'netTotal', 'openAmount']) expect(order).not.toContain(`"${secret}"`);
  expect(JSON.stringify(clerk.components.schemas.customer)).not.toContain('"creditLimit"');
  expect(clerk.components.schemas.receipt).toBeUndefined();
  expect(clerk.paths['/api/records/receipt/list']).toBeUndefined();
  expect(clerk.paths['/api/records/salesOrder']?.post).toBeUndefined();
  const { values } = (clerk.components.schemas.stockOutInput as { properties: { values: { properties: object } } }).properties;
  expect(Object.keys(values.properties)).not.toContain('number');
});

test('the door answers with the description of all routes, its own included', async () => {
  const extra = route({
    method: 'post',
    path: '/api/extra/:type',
    access: 'open',
    summary: 'Extra',
    body: z.strictObject({ a: z.int() }),
    handle: async () => ({ json: {} }),
  });
  const door = await openDoor(office, openapiRoutes([extra]));
  const { status, body } = await door.json<OpenApi>('wang', 'GET', '/api/openapi.json');
  await door.close();
  expect(status).toBe(200);
  expect(body.info.version).toBe('1.0.0');
  expect(Object.keys(body.paths)).toEqual(expect.arrayContaining(['/api/openapi.json', '/api/extra/customer']));
});
