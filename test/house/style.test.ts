import { describe, expect, test } from 'vitest';
import { catalogue } from '../../shared/catalogue.ts';
import { type Source, sourcesIn, textsOfTheRepository } from './sources.ts';
import {
  deepNesting,
  defaultExports,
  livingMigrations,
  longFiles,
  loosePromises,
  machineTraces,
  namedTypes,
  namelessFolders,
  strayClocks,
} from './style.ts';

const product = sourcesIn('shared', 'server', 'app');
const house = [...product, ...sourcesIn('scripts', 'installers')];
// The guards themselves plant what they look for.
const tests = sourcesIn('test').filter(({ path }) => !path.startsWith('test/house/style'));
const file = (path: string, text: string): Source => ({ path, text });

describe('the house is in order', () => {
  test('every folder says what it holds', () => expect(namelessFolders(house)).toEqual([]));
  test('everything is exported by name', () => expect(defaultExports([...house, ...tests])).toEqual([]));
  test('every file can be read in one sitting', () => expect(longFiles([...house, ...tests])).toEqual([]));
  test('no decision hides more than three levels deep', () => expect(deepNesting(house)).toEqual([]));
  test('only one file knows the calendar and one the clock', () => expect(strayClocks(product)).toEqual([]));
  test('generic code names no record type', () => expect(namedTypes(product, catalogue.definitions)).toEqual([]));
  test('migrations stay as they were written', () => expect(livingMigrations(product)).toEqual([]));
  test('nothing promises without a date and no test is left out', () => expect(loosePromises([...house, ...tests])).toEqual([]));
  test('what leaves the house is put on record in one place', () => {
    const writers = product.filter(({ text }) => /action: 'export'/.test(text)).map(({ path }) => path);
    expect(writers).toEqual(['server/features/handOuts/noteExport.ts']);
  });
  test('no text tells on which machine it was written', () => {
    expect(machineTraces(textsOfTheRepository().filter(({ path }) => !path.startsWith('test/house/style')))).toEqual([]);
  });
});

describe('the guard sees', () => {
  test('a folder called utils, but not under test', () => {
    const planted = [file('server/utils/a.ts', ''), file('app/renderer/common/b.ts', ''), file('test/helpers/c.ts', '')];
    expect(namelessFolders(planted)).toHaveLength(2);
  });

  test('a default export in any form, but not in a configuration', () => {
    const planted = [
      file('server/a.ts', '\nexport default 3;'),
      file('server/b.ts', 'const x = 3;\nexport { x as default };'),
      file('vite.config.ts', 'export default {};'),
    ];
    expect(defaultExports(planted)).toEqual(['server/a.ts:2 exports a default', 'server/b.ts:2 exports a default']);
  });

  test('a file of 401 lines', () => {
    expect(longFiles([file('a.ts', 'x;\n'.repeat(401)), file('b.ts', 'x;\n'.repeat(400))])).toEqual(['a.ts has 401 lines, more than 400']);
  });

  test('a fourth level of decisions, but not a chain of else-if or a new function', () => {
    const deep = 'if (a) {\nfor (;;) {\nwhile (b) {\nif (c) d();\n}\n}\n}';
    const chain = 'if (a) b(); else if (c) d(); else if (e) f(); else if (g) h();';
    const inner = 'if (a) {\nfor (;;) {\nwhile (b) {\nc(() => { if (d) e(); });\n}\n}\n}';
    expect(deepNesting([file('a.ts', deep), file('b.ts', chain), file('c.ts', inner)])).toEqual(['a.ts:4 is nested deeper than 3 levels']);
  });

  test('Date as a value and as a type, but not as a word', () => {
    const text = '// Date\nconst a = new Date();\nlet b: Date;\nconst c = { d: "Date" };\ne.Date;';
    expect(strayClocks([file('server/a.ts', text), file('shared/kernel/days.ts', text), file('server/clock.ts', text)])).toEqual([
      'server/a.ts:2 uses Date',
      'server/a.ts:3 uses Date',
    ]);
  });

  test('a document type as text, as right, as identifier, and a record type as text', () => {
    const definitions = [
      { type: 'receipt', kind: 'document' },
      { type: 'customer', kind: 'record' },
      { type: 'department', kind: 'record' },
    ];
    const text =
      "if (type === 'receipt') {}\nallow('receipt.void');\nconst receipt = 1;\nfind('customer');\nreach('department');\nx.customer;";
    expect(namedTypes([file('server/engine/a.ts', text)], definitions)).toEqual([
      'server/engine/a.ts:1 names receipt',
      'server/engine/a.ts:2 names receipt.void',
      'server/engine/a.ts:3 names receipt',
      'server/engine/a.ts:4 names customer',
    ]);
    expect(namedTypes([file('server/features/credit/a.ts', text)], definitions)).toEqual([]);
  });

  test('a migration that alters, drops a column or imports our code', () => {
    const text = "import type { Knex } from 'knex';\nimport { x } from '../tables.ts';\nt.string('a').alter();\nt.dropColumn('b');";
    expect(livingMigrations([file('server/database/migrations/0001_start.ts', text)])).toEqual([
      'server/database/migrations/0001_start.ts:3 rebuilds a table and may empty its children: .alter(',
      'server/database/migrations/0001_start.ts:4 rebuilds a table and may empty its children: .dropColumn(',
      'server/database/migrations/0001_start.ts:2 imports ../tables.ts, a migration imports nothing of ours',
    ]);
  });

  test('paths of a machine and hosts of a registry, but not addresses inside the product', () => {
    const [path, host] = [['', 'tmp', 'x1'].join('/'), ['registry', 'npmjs', 'org'].join('.')];
    const text = `a('${path}');\nb('https://${host}/y');\nc('/api/work/3');\nd('../root/e.ts');`;
    expect(machineTraces([file('README.md', text)])).toEqual([
      `README.md:1 names a path of one machine: ${path}`,
      `README.md:2 names a package registry: ${host}`,
    ]);
  });

  test('an undated promise, a skipped test and a test of nothing', () => {
    const text = "// TODO later\n// TODO 2027-01-31 drop\ntest.skip('x', () => {});\nexpect(true).toBe(true);";
    expect(loosePromises([file('test/a.test.ts', text)])).toHaveLength(3);
  });
});
