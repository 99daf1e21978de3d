import { describe, expect, test } from 'vitest';
import { trimDefinitions } from '../../server/access/trim.ts';
import { buildOpenApi } from '../../server/http/openapi/buildOpenApi.ts';
import type { Route } from '../../server/http/route.ts';
import { routes } from '../../server/http/routes/index.ts';
import { catalogue } from '../../shared/catalogue.ts';
import { operations } from '../../shared/kernel/definition.ts';
import { specialRights } from '../../shared/kernel/specialRights.ts';
import { leastFor, type Shape, shapeOf } from '../api/samples.ts';
import { anActor } from '../stores/company.ts';
import { sourcesIn } from './sources.ts';
import { refusalCodesIn } from './words.ts';

const nameOf = (door: Route) => `${door.method} ${door.path}`;
const bodies = routes.flatMap((door) => (door.body ? [{ name: nameOf(door), body: door.body }] : []));

describe('every door of the API', () => {
  test('stands in the list once and under a name of the API', () => {
    const names = routes.map(nameOf);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(routes.map(({ path }) => path).filter((path) => !/^\/api(\/(:?[a-zA-Z][\w-]*(\.\w+)?))+$/.test(path))).toEqual([]);
  });

  test('says who may knock, by a right or an operation that exists', () => {
    const isKnown = ({ access, path }: Route): boolean => {
      if (typeof access === 'string') return access === 'open' || access === 'signedIn';
      if ('right' in access) return specialRights.includes(access.right);
      return operations.includes(access.operation) && path.includes('/:type');
    };
    expect(routes.filter((door) => !isKnown(door)).map(nameOf)).toEqual([]);
  });

  test('that is open to everybody is one of these', () => {
    expect(
      routes
        .filter(({ access }) => access === 'open')
        .map(nameOf)
        .sort(),
    ).toEqual([
      'get /api/captcha',
      'get /api/root-certificate',
      'get /api/root-certificate/next',
      'get /api/root-certificate/successor',
      'get /api/setup/restore',
      'get /api/state',
      'post /api/devices/challenge',
      'post /api/devices/prove',
      'post /api/devices/waiting',
      'post /api/pairing/greeting',
      'post /api/pairing/proof',
      'post /api/setup',
      'post /api/setup/restore',
      'post /api/setup/restore/archives',
      'post /api/setup/restore/look',
      'post /api/setup/restore/upload',
      'post /api/sign-in',
      'post /api/sign-in/second',
      'post /api/sign-in/second/question',
    ]);
  });

  test('says in a sentence what it is for', () => {
    expect(routes.filter(({ summary }) => !/^[A-Z].{10,160}$/.test(summary)).map(nameOf)).toEqual([]);
  });

  test('that makes something honours an idempotency key, unless it says why not', () => {
    // Secrets are in no kept answer; files, reading under another name and what has its own way of being asked twice need none.
    const without = [
      'post /api/setup',
      'post /api/setup/restore',
      'post /api/setup/restore/archives',
      'post /api/setup/restore/look',
      'post /api/setup/restore/upload',
      'post /api/pairing',
      'post /api/pairing/greeting',
      'post /api/pairing/proof',
      'post /api/devices/challenge',
      'post /api/devices/prove',
      'post /api/devices/waiting',
      'post /api/sign-in',
      'post /api/sign-in/second',
      'post /api/sign-in/second/question',
      'post /api/second-step/code',
      'post /api/second-step/code/confirm',
      'post /api/second-step/recovery',
      'post /api/second-step/keys',
      'post /api/second-step/keys/confirm',
      'post /api/sign-out',
      'post /api/session/password',
      'post /api/users/:id/password',
      'post /api/tokens',
      'post /api/records/:type/list',
      'post /api/records/:type/export',
      'post /api/pick/:type',
      'post /api/records/:type/become',
      'post /api/records/:type/similar',
      'post /api/records/:type/costs',
      'post /api/records/:type/bulk',
      'post /api/print/preview',
      'post /api/print/:type/batch',
      'post /api/print/:type/labels',
      'post /api/files/:id/small',
      'post /api/notices/read',
      'post /api/reports/:name',
      'post /api/reports/:name/documents',
      'post /api/reports/:name/export',
      'post /api/reports/:name/print',
      'post /api/go-live',
      'post /api/backups',
      'post /api/practice',
      'post /api/practice/cancel',
      'post /api/practice/remove',
      'post /api/backups/cancel',
      'post /api/backups/disks',
      'post /api/imports',
      'post /api/imports/:id/check',
      'post /api/imports/:id/commit',
      'post /api/imports/:id/cancel',
      'post /api/imports/:id/undo',
      // They store nothing.
      'post /api/rights/what-if',
      'post /api/address-rules/what-if',
      // Its token would lie in the kept answer.
      'post /api/viewing',
    ];
    const silent = routes.filter(({ method, creates }) => method === 'post' && !creates).map(nameOf);
    expect(silent.filter((name) => !without.includes(name))).toEqual([]);
  });

  test('is described in OpenAPI', () => {
    const { paths } = buildOpenApi(routes, trimDefinitions(anActor(), catalogue), '0');
    const described = new Set(
      Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`)),
    );
    const types = ['{type}', ...catalogue.definitions.map(({ type }) => type)];
    const isDescribed = ({ method, path }: Route): boolean =>
      types.some((type) => described.has(`${method} ${path.replace(':type', type).replaceAll(/:(\w+)/g, '{$1}')}`));
    expect(routes.filter((door) => !isDescribed(door)).map(nameOf)).toEqual([]);
  });
});

describe('a body with one word too many is refused', () => {
  test.each(bodies)('$name', ({ body }) => {
    const least = leastFor(body, 'customer', 1);
    const refused = body.safeParse({ ...(least as object), superfluous: 1 });
    expect(refused.error?.issues).toContainEqual(expect.objectContaining({ code: 'unrecognized_keys', keys: ['superfluous'], path: [] }));
    expect(openPlaces(shapeOf(body))).toEqual([]);
  });
});

/** Where a body takes words that it does not know: objects that name their fields and take any other besides. */
function openPlaces(shape: Shape, path = ''): string[] {
  const own = shape.properties && shape.additionalProperties !== false ? [path || 'the body itself'] : [];
  const inner = [
    ...Object.entries(shape.properties ?? {}).map(([name, one]) => [`${path}/${name}`, one] as const),
    ...Object.entries(shape.$defs ?? {}).map(([name, one]) => [`${path}/${name}`, one] as const),
    ...[...(shape.anyOf ?? []), ...(shape.oneOf ?? []), ...(shape.items ? [shape.items] : [])].map((one) => [path, one] as const),
    ...(typeof shape.additionalProperties === 'object' ? [[`${path}/*`, shape.additionalProperties] as const] : []),
  ];
  return [...own, ...inner.flatMap(([where, one]) => openPlaces(one, where))];
}

describe('refusals', () => {
  // A signed ledger may go below zero: it has a word for a shortage and never says it.
  const unsaid = catalogue.ledgers.filter(({ signed }) => signed).map(({ shortage }) => shortage);
  const said = catalogue.ledgers.filter(({ signed }) => !signed).map(({ shortage }) => shortage);
  const codes = refusalCodesIn(sourcesIn('shared', 'server').filter(({ path }) => !path.startsWith('shared/language/'))).filter(
    (code) => !unsaid.includes(code) || said.includes(code),
  );
  const tests = sourcesIn('test').filter(({ path }) => !path.startsWith('test/house/'));
  // Headings of the workbooks that an import gives out stand among its refusals.
  const headings = ['import.notes', 'import.reason'];
  /** Named in full, or as one of several in a regular expression. */
  const isNamed = (code: string): boolean => {
    const [area, name] = code.split('.');
    const oneOf = new RegExp(`${area}\\\\\\.\\([^)]*\\b${name}\\b`);
    return tests.some(({ text }) => text.includes(code) || oneOf.test(text));
  };

  test('every code is provoked by a test', () => {
    const unprovoked = codes.filter((code) => !headings.includes(code) && !isNamed(code));
    if (unprovoked.length > 0) console.log(`No test provokes: ${unprovoked.join(', ')}`);
    expect(unprovoked).toEqual([]);
  });

  test('there are codes to look for', () => {
    expect(codes.length).toBeGreaterThan(100);
    expect(codes).toContain('record.stale');
  });
});
