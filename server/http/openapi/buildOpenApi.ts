import type { DefinitionAnswer } from '../../../shared/contracts/wire.ts';
import type { Operation } from '../../../shared/kernel/definition.ts';
import { domainWords } from '../../../shared/language/domain/index.ts';
import { typeName } from '../../../shared/language/labels.ts';
import type { Route } from '../route.ts';
import { answerSchema, inputSchema, problemSchema, titlesSchema } from './recordSchemas.ts';
import { parametersOf, type Schema, type Schemas, schemaFor } from './zodSchemas.ts';

/** A whole description of the API in OpenAPI 3.1. */
export interface OpenApi {
  readonly openapi: '3.1.0';
  readonly info: Readonly<Record<string, string>>;
  readonly servers: readonly { readonly url: string }[];
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Schema>>>>;
  readonly components: { readonly schemas: Schemas; readonly securitySchemes: Schemas; readonly responses: Schemas };
}

/**
 * Describes the API as one person may use it: every route, and for routes over record types one path for each type among the
 * definitions, which are already trimmed by that person's rights.
 */
export function buildOpenApi(routes: readonly Route[], definitions: readonly DefinitionAnswer[], version: string): OpenApi {
  const schemas: Record<string, Schema> = { Problem: problemSchema(), Titles: titlesSchema() };
  for (const definition of definitions) {
    schemas[definition.type] = answerSchema(definition);
    schemas[`${definition.type}Input`] = inputSchema(definition);
  }
  const paths: Record<string, Record<string, Schema>> = {};
  for (const route of routes) {
    const body = route.body ? schemaFor(route.body, `${nameOf(route)}Body`, schemas) : undefined;
    for (const place of placesOf(route, definitions)) {
      const inner = paths[place.path] ?? {};
      inner[route.method] = operationOf(route, place, body);
      paths[place.path] = inner;
    }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Tradepost', version, description: introduction },
    servers: [{ url: '/' }],
    security: [{ token: [] }],
    tags: [...new Set(['general', ...definitions.map(({ type }) => type)])].map((name) => ({ name })),
    paths,
    components: {
      schemas,
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'A session, or a token for programs: `<company>.<random>`.' },
      },
      responses: {
        Problem: {
          description: 'A refusal, or a fault of the server',
          content: { 'application/problem+json': { schema: reference('Problem') } },
        },
      },
    },
  };
}

const introduction = [
  'Numbers with a scale travel as the integers they are stored as: money in minor units of its currency, quantity, price and rate in 10⁻⁶, exchange rate in 10⁻⁹.',
  'Days are `YYYY-MM-DD`, instants UTC ISO text. A change names the version it saw and is refused with 409 when the record has moved on.',
  'Requests that make something may carry an `Idempotency-Key`: the same key is answered with the first result.',
].join(' ');

/** A route at one address: of one record type, where it is about types. */
interface Place {
  readonly path: string;
  readonly definition?: DefinitionAnswer;
}

function placesOf(route: Route, definitions: readonly DefinitionAnswer[]): Place[] {
  const path = templated(route.path);
  if (!path.includes('{type}')) return [{ path }];
  const fitting = definitions.filter((definition) => fits(route, definition));
  const places = fitting.map((definition) => ({ path: path.replace('{type}', definition.type), definition }));
  return places.length > 0 ? places : [{ path }];
}

const templated = (path: string): string => path.replace(/:(\w+)/g, '{$1}');

function fits(route: Route, definition: DefinitionAnswer): boolean {
  if (route.path.includes('/:step') && Object.keys(definition.steps ?? {}).length === 0) return false;
  const operation: Operation | undefined =
    typeof route.access === 'object' && 'operation' in route.access ? route.access.operation : undefined;
  return operation === undefined || definition.operations.includes(operation);
}

function operationOf(route: Route, place: Place, body: Schema | undefined): Schema {
  const { definition } = place;
  const raw = route.rawLimitBytes === undefined ? undefined : { content: { 'application/octet-stream': {} }, required: true };
  const json =
    body === undefined ? undefined : { content: { 'application/json': { schema: bodyOf(route, definition) ?? body } }, required: true };
  return {
    operationId: definition ? `${nameOf(route)}.${definition.type}` : nameOf(route),
    summary: definition ? `${route.summary} — ${typeName(domainWords.en, definition.type)}` : route.summary,
    description: admission(route),
    tags: [definition?.type ?? 'general'],
    ...(route.access === 'open' ? { security: [] } : {}),
    parameters: [
      ...pathParameters(place, definition),
      ...(route.query ? parametersOf(route.query) : []),
      ...(route.creates ? [keyParameter] : []),
    ],
    ...(raw || json ? { requestBody: raw ?? json } : {}),
    responses: {
      '2XX': answerOf(route, definition),
      default: { $ref: '#/components/responses/Problem' },
    },
  };
}

/** `post /api/records/:type/list` → `postRecordsTypeList`. */
const nameOf = ({ method, path }: Route): string =>
  method + path.replace(/^\/api/, '').replace(/[/:.-]+(\w?)/g, (_, letter: string) => letter.toUpperCase());

function admission({ access }: Route): string {
  if (access === 'open') return 'Open to anybody.';
  if (access === 'signedIn') return 'For anybody signed in.';
  return 'right' in access ? `Needs the right \`${access.right}\`.` : `Needs the operation \`${access.operation}\` on the type.`;
}

function pathParameters({ path }: Place, definition: DefinitionAnswer | undefined): Schema[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => {
    const isNumber = name === 'id' || name === 'version';
    const steps = name === 'step' && definition ? { enum: Object.keys(definition.steps ?? {}) } : {};
    return { name, in: 'path', required: true, schema: isNumber ? { type: 'integer', minimum: 1 } : { type: 'string', ...steps } };
  });
}

const keyParameter: Schema = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'Makes a repeated request harmless: the same key is answered with the first result.',
  schema: { type: 'string', pattern: '^[\\w-]{8,80}$' },
};

/** Making and changing a record take the fields of its type; every other body is the same for all types. */
function bodyOf(route: Route, definition: DefinitionAnswer | undefined): Schema | undefined {
  const isRecord = route.path === '/api/records/:type' || (route.path === '/api/records/:type/:id' && route.method === 'patch');
  return isRecord && definition ? reference(`${definition.type}Input`) : undefined;
}

const recordPaths = new Set([
  '/api/records/:type',
  '/api/records/:type/:id',
  '/api/records/:type/:id/restore',
  '/api/records/:type/:id/steps/:step',
]);

function answerOf(route: Route, definition: DefinitionAnswer | undefined): Schema {
  const isRecord = definition !== undefined && recordPaths.has(route.path) && route.method !== 'delete';
  return isRecord
    ? { description: 'The record', content: { 'application/json': { schema: reference(definition.type) } } }
    : { description: 'Done' };
}

const reference = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
