import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MigrationStep } from '../server/database/migration.ts';
import { migrations } from '../server/database/migrations/index.ts';
import { openStore } from '../server/database/openStore.ts';
import { stepsBetween } from '../server/database/schemaSteps.ts';
import { systemTables } from '../server/database/systemTables.ts';
import type { TableSpec } from '../server/database/tableSpec.ts';
import { tablesFor, tablesOf } from '../server/database/tables.ts';
import { catalogue } from '../shared/catalogue.ts';

/**
 * Writes the migration that brings the tables of all migrations so far to what the definitions ask for.
 * `npm run migration -- someName` adds one; `npm run migration -- --first` writes the first ones anew, which is allowed only
 * until the product is released.
 */
const folder = fileURLToPath(new URL('../server/database/migrations/', import.meta.url));
if (process.argv.includes('--first')) writeFirst();
else await writeNext(process.argv[2] ?? '');

function writeFirst(): void {
  for (const file of migrationFiles()) rmSync(join(folder, file));
  // One file for the records and one for the documents of each area: a file for all would be too long to read.
  const byGroup = Map.groupBy(catalogue.definitions, ({ kind, area }) => (kind === 'record' ? 'records' : area));
  const groups = [...byGroup].flatMap(([name, definitions]) =>
    partsOf(definitions).map((part, index): [string, readonly TableSpec[]] => [
      index === 0 ? name : `${name}${index + 1}`,
      part.flatMap(tablesOf),
    ]),
  );
  for (const [index, [name, tables]] of [['system', systemTables] as const, ...groups].entries()) {
    writeMigration(index + 1, name, stepsBetween([], tables));
  }
}

/** So many types are read in one sitting. */
function partsOf<T>(all: readonly T[], typesMax = 12): (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / typesMax) }, (_, index) => all.slice(index * typesMax, (index + 1) * typesMax));
}

async function writeNext(name: string): Promise<void> {
  if (!/^[a-z][A-Za-z0-9]*$/.test(name)) throw new Error('Name the migration in one word: npm run migration -- customerWebsite');
  const steps = stepsBetween(await tablesAfter(), tablesFor(catalogue.definitions));
  if (steps.length === 0) console.log('The migrations already make what the definitions ask for.');
  else writeMigration((migrations.at(-1)?.number ?? 0) + 1, name, steps);
}

function writeMigration(number: number, name: string, steps: readonly MigrationStep[]): void {
  const file = `${String(number).padStart(4, '0')}_${name}.ts`;
  writeFileSync(join(folder, file), migrationText(number, name, steps));
  writeFileSync(join(folder, 'index.ts'), indexText());
  console.log(`Wrote server/database/migrations/${file} with ${steps.length} steps.`);
}

async function tablesAfter(): Promise<TableSpec[]> {
  const place = mkdtempSync(join(tmpdir(), 'tradepost-migration-'));
  const store = await openStore({ engine: 'sqlite', file: join(place, 'empty.sqlite') });
  try {
    await store.migrate();
    return await store.read((tx) => store.dialect.readTables(tx));
  } finally {
    await store.close();
    rmSync(place, { recursive: true, force: true });
  }
}

function migrationText(number: number, name: string, steps: readonly MigrationStep[]): string {
  const lines = steps.map((step) => {
    const pieces = Object.entries(step).map(([key, value]) => `      ${key}: ${literal(String(value))},`);
    return `    {\n${pieces.join('\n')}\n    },`;
  });
  return `export const migration = {\n  number: ${number},\n  name: '${name}',\n  steps: [\n${lines.join('\n')}\n  ],\n} as const;\n`;
}

/** Tables stand on several lines, everything else on one. */
function literal(text: string): string {
  return text.includes('\n') ? `\`${text.replaceAll('\n', '\n    ')}\`` : `'${text}'`;
}

function migrationFiles(): string[] {
  return readdirSync(folder)
    .filter((file) => /^\d{4}_\w+\.ts$/.test(file))
    .sort();
}

function indexText(): string {
  const files = migrationFiles();
  const names = files.map((one) => one.replace(/^\d+_|\.ts$/g, ''));
  const imports = files.map((one, index) => `import { migration as ${names[index]} } from './${one}';`);
  return [
    "import type { Migration } from '../migration.ts';",
    ...imports,
    '',
    '/** Every migration there is, in order. Written by `npm run migration`. */',
    `export const migrations: readonly Migration[] = [${names.join(', ')}];`,
    '',
  ].join('\n');
}
