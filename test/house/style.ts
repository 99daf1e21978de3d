import { childrenOf, importsOf, lineAt, type Node, parse, resolveWithin, type Source, walk } from './sources.ts';

/** What a rule finds: `file:line what is wrong`. */
type Finding = string;

const linesMax = 400;
const nestingMax = 3;
const clockFiles = ['shared/kernel/days.ts', 'server/clock.ts', 'app/main/clock.ts'];

/** Folders whose code serves every record type and therefore may name none. */
export const genericFolders = ['server/engine', 'server/http', 'server/database', 'server/ledger', 'app/renderer/documents'];

// Names of record types that are also plain words of generic code: a scope, the one who asks, the unit of money, a ledger's account.
const plainWords = ['department', 'user', 'currency', 'account', 'position'];

/** Folders that gather what nobody wanted to name. */
export function namelessFolders(sources: Source[]): Finding[] {
  return sources
    .filter(({ path }) => !path.startsWith('test/') && /(^|\/)(utils?|helpers?|common|misc)\//i.test(path))
    .map(({ path }) => `${path} lies in a folder without a meaning`);
}

/** Default exports, outside the configuration files whose tools ask for them. */
export function defaultExports(sources: Source[]): Finding[] {
  return sources
    .filter(({ path }) => !/\.config\.ts$/.test(path))
    .flatMap((source) =>
      parse(source)
        .module.staticExports.filter(({ entries }) =>
          entries.some(({ exportName }) => exportName.kind === 'Default' || exportName.name === 'default'),
        )
        .map(({ start }) => `${source.path}:${lineAt(source.text, start)} exports a default`),
    );
}

/** Files that are too long to be read in one sitting. */
export function longFiles(sources: Source[]): Finding[] {
  return sources
    .map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > linesMax)
    .map(({ path, lines }) => `${path} has ${lines} lines, more than ${linesMax}`);
}

/** Decisions inside decisions inside decisions inside decisions. */
export function deepNesting(sources: Source[]): Finding[] {
  return sources.flatMap((source) =>
    nodesDeeperThan(nestingMax, programOf(source)).map(
      (node) => `${source.path}:${lineAt(source.text, node.start)} is nested deeper than ${nestingMax} levels`,
    ),
  );
}

/** Uses of `Date` outside the file that owns days and instants and those that ask the machine for the time. */
export function strayClocks(sources: Source[]): Finding[] {
  return sources
    .filter(({ path }) => !clockFiles.includes(path))
    .flatMap((source) =>
      namesIn(source)
        .filter(({ name, kind }) => kind === 'name' && name === 'Date')
        .map(({ line }) => `${source.path}:${line} uses Date`),
    );
}

/** Generic code that knows a record type by name. Document types also count as identifiers and in rights such as `receipt.void`. */
export function namedTypes(sources: Source[], definitions: readonly { type: string; kind: string }[]): Finding[] {
  const isGeneric = ({ path }: Source) => genericFolders.some((folder) => path.startsWith(`${folder}/`));
  const documents = new Set(definitions.filter(({ kind }) => kind === 'document').map(({ type }) => type));
  const records = new Set(definitions.map(({ type }) => type).filter((type) => !plainWords.includes(type)));
  const isNamed = ({ name, kind }: Name) =>
    kind === 'text' ? records.has(name) || documents.has(name.split('.')[0] ?? '') : documents.has(name);
  return sources
    .filter((source) => isGeneric(source) && !source.path.startsWith('server/database/migrations/'))
    .flatMap((source) =>
      namesIn(source)
        .filter(isNamed)
        .map(({ name, line }) => `${source.path}:${line} names ${name}`),
    );
}

/** Migrations that rebuild a table behind our back, or that would change when our code does. */
export function livingMigrations(sources: Source[]): Finding[] {
  return sources
    .filter(({ path }) => /^server\/database\/migrations\/(.*\/)?\d/.test(path))
    .flatMap((source) => [
      ...matches(source, /\.(alter|dropColumn|dropColumns)\(/g, 'rebuilds a table and may empty its children'),
      ...importsOf(source)
        .filter(({ specifier }) => resolveWithin(source.path, specifier))
        .map(({ specifier, line }) => `${source.path}:${line} imports ${specifier}, a migration imports nothing of ours`),
    ]);
}

/** Paths of the machine somebody worked on, and addresses of package registries. */
export function machineTraces(texts: Source[]): Finding[] {
  return texts.flatMap((source) => [
    ...matches(source, /(?<![\w.)}*])\/(work|tmp|root)\/[\w.-]+/g, 'names a path of one machine'),
    ...matches(source, /\b(registry\.npm\w*\.\w+|npmmirror|verdaccio|artifactory)\b/gi, 'names a package registry'),
  ]);
}

/** Promises without a date, and tests that do not test. */
export function loosePromises(sources: Source[]): Finding[] {
  return sources.flatMap((source) => [
    ...matches(source, /\b(TODO|FIXME|XXX)\b(?! \d{4}-\d\d-\d\d)/g, 'promises something without a date'),
    ...matches(source, /\b(test|it|describe)\.(skip|only|todo)\b/g, 'leaves tests out'),
    ...matches(source, /\bexpect\(true\)/g, 'tests nothing'),
  ]);
}

type Name = { name: string; kind: 'name' | 'text'; line: number };

/** All identifiers, except those behind a dot, and all string literals, except those that name a module. */
function namesIn(source: Source): Name[] {
  const names: Name[] = [];
  walk(programOf(source), (node, parent) => {
    const kind = kindOf(node, parent);
    if (kind) names.push({ name: String(kind === 'name' ? node.name : node.value), kind, line: lineAt(source.text, node.start) });
  });
  return names;
}

function kindOf(node: Node, parent?: Node): 'name' | 'text' | undefined {
  if (node.type === 'Identifier')
    return parent?.type === 'MemberExpression' && parent.property === node && !parent.computed ? undefined : 'name';
  if (node.type !== 'Literal' || typeof node.value !== 'string') return undefined;
  return /^(Import|Export)/.test(parent?.type ?? '') ? undefined : 'text';
}

function nodesDeeperThan(max: number, node: Node, depth = 0, parent?: Node): Node[] {
  const isElseIf = node.type === 'IfStatement' && parent?.type === 'IfStatement' && parent.alternate === node;
  const opens = !isElseIf && /^(If|For|ForOf|ForIn|While|DoWhile|Switch|Try)Statement$/.test(node.type);
  const isFunction = /Function/.test(node.type);
  const own = isFunction ? 0 : depth + (opens ? 1 : 0);
  if (own > max) return [node];
  return childrenOf(node).flatMap((child) => nodesDeeperThan(max, child, own, node));
}

function matches({ path, text }: Source, pattern: RegExp, what: string): Finding[] {
  return [...text.matchAll(pattern)].map((match) => `${path}:${lineAt(text, match.index)} ${what}: ${match[0]}`);
}

function programOf(source: Source): Node {
  return parse(source).program as unknown as Node;
}
