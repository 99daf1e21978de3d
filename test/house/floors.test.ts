import { describe, expect, test } from 'vitest';
import { circles, floors, wrongArrows } from './floors.ts';
import { importsOf, type Source, sourcesIn } from './sources.ts';

const house = sourcesIn('shared', 'server', 'app');
const file = (path: string, text: string): Source => ({ path, text });

describe('the house stands', () => {
  test('every import points to the same floor or one below', () => {
    expect(wrongArrows(house)).toEqual([]);
  });

  test('no file imports itself in a circle', () => {
    expect(circles(house)).toEqual([]);
  });

  test('there is a house to look at', () => {
    expect(house.length).toBeGreaterThan(10);
  });
});

describe('the guard sees', () => {
  test('every form of import, with its line, and not the ones that are only text', () => {
    const text = [
      "// import { a } from './comment.ts';",
      'const 文字 = "import { b } from \'./text.ts\'";',
      "import type { C } from './type.ts';",
      "import './effect.ts';",
      "export * from './all.ts';",
      "export { d } from './some.ts';",
      "const e = await import('./late.ts');",
      "new Worker(new URL('./worker.ts', import.meta.url));",
      "type F = import('zod').ZodType;",
    ].join('\n');
    const seen = importsOf(file('server/x.ts', text)).map(({ specifier, line }) => `${line} ${specifier}`);
    expect(seen.sort()).toEqual(['3 ./type.ts', '4 ./effect.ts', '5 ./all.ts', '6 ./some.ts', '7 ./late.ts', '8 ./worker.ts', '9 zod']);
  });

  test.each([
    ['shared/kernel/a.ts', '../records/item.ts'],
    ['shared/records/a.ts', '../../server/main.ts'],
    ['shared/documents/a.ts', 'node:fs'],
    ['shared/contracts/a.ts', 'react'],
    ['server/ledger/a.ts', '../engine/takeStep.ts'],
    ['server/features/printing/a.ts', '../../http/routes.ts'],
    ['server/engine/a.ts', '../../app/main/main.ts'],
    ['server/engine/a.ts', 'better-sqlite3'],
    ['app/renderer/pages/A.tsx', '../../../server/main.ts'],
    ['app/renderer/ui/A.tsx', '../pages/B.tsx'],
    ['app/renderer/api/a.ts', 'node:fs'],
    ['app/renderer/api/a.ts', '../../main/main.ts'],
    ['shared/somewhereNew/a.ts', '../kernel/days.ts'],
  ])('%s may not import %s', (path, specifier) => {
    expect(wrongArrows([file(path, `\nimport { x } from '${specifier}';`)])).toEqual([`${path}:2 imports ${specifier}`]);
  });

  test.each([
    ['shared/documents/sales/a.ts', '../../kernel/days.ts'],
    ['server/http/a.ts', '../database/open.ts'],
    ['server/http/a.ts', '../../shared/contracts/routes.ts'],
    ['server/database/engines/sqlite.ts', 'better-sqlite3'],
    ['server/main.ts', './http/listen.ts'],
    ['app/renderer/pages/A.tsx', '../api/http.ts'],
  ])('%s may import %s', (path, specifier) => {
    expect(wrongArrows([file(path, `import { x } from '${specifier}';`)])).toEqual([]);
  });

  test('a circle of three files', () => {
    const planted = [
      file('server/a.ts', "import './b.ts';"),
      file('server/b.ts', "import './c.ts';"),
      file('server/c.ts', "import type { A } from './a.ts';"),
    ];
    expect(circles(planted)).toEqual(['server/a.ts -> server/b.ts -> server/c.ts -> server/a.ts']);
  });

  test('floors that all exist in its own table', () => {
    const named = Object.values(floors).flat();
    expect(named.filter((floor) => !(floor in floors))).toEqual([]);
  });
});
