import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';

/** One file of the house, named from the root of the repository with forward slashes. */
export type Source = { path: string; text: string };

/** One arrow: a file names another module, in an import, an export-from, a dynamic import or the address of a worker. */
export type Import = { specifier: string; line: number };

/** A node of the syntax tree, as far as the house tests look at it. */
export type Node = { type: string; start: number; [key: string]: unknown };

const root = fileURLToPath(new URL('../..', import.meta.url));

/** All TypeScript and JavaScript files below these folders; a folder that does not exist yet has none. */
export function sourcesIn(...folders: string[]): Source[] {
  return filesIn(folders, /\.(ts|tsx|mjs)$/);
}

/** Everything a person may read in the repository: code, settings, documents; not the lock file and no built results. */
export function textsOfTheRepository(): Source[] {
  const readable = /\.(ts|tsx|mjs|md|json|ya?ml|html|css|sh|ps1|nsh|service|plist)$|^run$/;
  const atTheRoot = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isFile() && readable.test(entry.name) && entry.name !== 'package-lock.json')
    .map((entry) => ({ path: entry.name, text: readFileSync(join(root, entry.name), 'utf8') }));
  const below = filesIn(['.ci', 'app', 'server', 'shared', 'installers', 'scripts', 'test'], readable);
  return [...atTheRoot, ...below.filter(({ path }) => !path.startsWith('test/results/'))];
}

function filesIn(folders: string[], name: RegExp): Source[] {
  return folders
    .map((folder) => join(root, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder, { withFileTypes: true, recursive: true }))
    .filter((entry) => entry.isFile() && name.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: relative(root, path).split(sep).join('/'), text: readFileSync(path, 'utf8') }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Everything a file imports, read from its syntax tree. */
export function importsOf(source: Source): Import[] {
  const { module, program, errors } = parse(source);
  if (errors.length > 0) throw new Error(`${source.path} cannot be parsed: ${errors[0]?.message}`);
  const found: { specifier: string; at: number }[] = [];
  for (const { moduleRequest } of module.staticImports) found.push({ specifier: moduleRequest.value, at: moduleRequest.start });
  for (const { entries } of module.staticExports) {
    const request = entries.find((entry) => entry.moduleRequest)?.moduleRequest;
    if (request) found.push({ specifier: request.value, at: request.start });
  }
  walk(program as unknown as Node, (node) => {
    const name = moduleNamedBy(node);
    if (name) found.push({ specifier: name.value, at: name.start });
  });
  return found.map(({ specifier, at }) => ({ specifier, line: lineAt(source.text, at) }));
}

/** The path a relative specifier leads to, from the root; undefined for a package. */
export function resolveWithin(from: string, specifier: string): string | undefined {
  return specifier.startsWith('.') ? posix.normalize(posix.join(dirname(from), specifier.replace(/\?.*$/, ''))) : undefined;
}

/** The package (or `node:` module) a specifier belongs to. */
export function packageOf(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier);
}

export function parse({ path, text }: Source) {
  return parseSync(path.replace(/\.mjs$/, '.js'), text);
}

/** Visits a syntax tree from the top; `visit` also gets the node above. */
export function walk(node: Node, visit: (node: Node, parent?: Node) => void, parent?: Node): void {
  visit(node, parent);
  for (const child of childrenOf(node)) walk(child, visit, node);
}

/** The nodes directly below a node. */
export function childrenOf(node: Node): Node[] {
  return Object.values(node)
    .flat()
    .filter((value): value is Node => typeof (value as Node | null)?.type === 'string');
}

export function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}

/** `import('./x.ts')`, as code or as a type, and `new URL('./x.ts', import.meta.url)`, the way workers are named. */
function moduleNamedBy(node: Node): { value: string; start: number } | undefined {
  const argument = (/^(ImportExpression|TSImportType)$/.test(node.type) ? node.source : firstArgumentOfUrl(node)) as Node | undefined;
  if (argument?.type !== 'Literal' || typeof argument.value !== 'string') return undefined;
  return { value: argument.value, start: argument.start };
}

function firstArgumentOfUrl(node: Node): unknown {
  if (node.type !== 'NewExpression' || (node.callee as Node).name !== 'URL') return undefined;
  const [address, base] = node.arguments as Node[];
  const isFile = typeof address?.value === 'string' && /\.(ts|tsx|mjs)$/.test(address.value);
  const isRelative = base?.type === 'MemberExpression' && (base.object as Node).type === 'MetaProperty';
  return isFile && isRelative ? address : undefined;
}
