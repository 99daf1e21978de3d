import { importsOf, packageOf, resolveWithin, type Source } from './sources.ts';

/**
 * The floors of the house. A file may import from its own floor and from those named behind it, which themselves stand on
 * others; the longest name that begins a path is its floor.
 */
export const floors: Record<string, string[]> = {
  'shared/kernel': [],
  'shared/language': ['shared/kernel'],
  'shared/records': ['shared/language'],
  'shared/documents': ['shared/records'],
  'shared/printing': ['shared/documents'],
  'shared/catalogue.ts': ['shared/documents'],
  'shared/access': ['shared/catalogue.ts'],
  'shared/exchange': ['shared/catalogue.ts'],
  'shared/reports': ['shared/catalogue.ts'],
  'shared/contracts': ['shared/access', 'shared/exchange', 'shared/printing', 'shared/reports'],

  'server/clock.ts': ['shared/kernel'],
  'server/failpoints.ts': [],
  'server/version.ts': [],
  // The shape of a unit of work and the code that opens one are one floor in two places.
  'server/work.ts': ['server/database'],
  'server/database': [
    'shared/contracts',
    'server/clock.ts',
    'server/failpoints.ts',
    'server/files.ts',
    'server/version.ts',
    'server/work.ts',
  ],
  'server/neighbours': ['server/database'],
  'server/access': ['server/neighbours'],
  'server/ledger': ['server/access'],
  'server/engine': ['server/ledger'],
  'server/features': ['server/engine'],
  'server/apart.ts': ['shared/kernel'],
  'server/backup': ['server/features', 'server/apart.ts', 'server/tls', 'server/version.ts'],
  'server/upgrade': ['server/backup'],
  'server/practice': ['server/backup'],
  'server/jobs': ['server/backup'],
  'server/tls': ['shared/contracts', 'server/clock.ts', 'server/failpoints.ts', 'server/files.ts'],
  'server/vitals': ['server/jobs', 'server/tls'],
  'server/clients': ['shared/contracts', 'server/clock.ts', 'server/files.ts'],
  'server/discovery': ['shared/contracts', 'server/tls'],
  'server/server.ts': ['server/vitals', 'server/practice', 'server/clients'],
  'server/http': ['server/server.ts'],
  'server/main.ts': ['server/start', 'server/discovery'],
  'server/cli.ts': ['server/console'],
  'server/console': ['server/start'],
  server: ['server/http'],
  'server/files.ts': [],
  'server/start': [
    'server/http',
    'server/backup',
    'server/practice',
    'server/upgrade',
    'server/tls',
    'server/clients',
    'server/discovery',
    'server/version.ts',
  ],

  'app/preload': ['shared/contracts'],
  'app/main': ['app/preload'],
  'app/renderer/api': ['shared/contracts', 'app/preload'],
  'app/renderer/ui': ['app/renderer/api'],
  'app/renderer/documents': ['app/renderer/ui'],
  'app/renderer/pages': ['app/renderer/documents'],
  'app/renderer': ['app/renderer/pages'],
};

/** Packages that only some floors may name: a path must begin with one of the places behind the package. */
export const packagePlaces: Record<string, string[]> = {
  'better-sqlite3': ['server/database/engines'],
  pg: ['server/database/engines'],
  knex: ['server/work.ts', 'server/database', 'server/access', 'server/ledger', 'server/engine', 'server/features', 'server/backup'],
  express: ['server/http'],
  react: ['app/renderer'],
  'react-dom': ['app/renderer'],
  antd: ['app/renderer'],
  electron: ['app/main', 'app/preload'],
};

/** What `shared/` may use from outside: code that computes, and nothing that reaches the machine, the network or a screen. */
export const packagesOfShared = ['zod', 'pinyin-pro', 'opencc-js'];

/** Every import that points up or sideways, as `file:line imports what`. */
export function wrongArrows(sources: Source[]): string[] {
  return sources.flatMap((source) =>
    importsOf(source)
      .filter(({ specifier }) => !isAllowed(source.path, specifier))
      .map(({ specifier, line }) => `${source.path}:${line} imports ${specifier}`),
  );
}

/** Every circle of imports, each told once, as the way around it. */
export function circles(sources: Source[]): string[] {
  const targets = new Map(sources.map((source) => [source.path, importedFiles(source)]));
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, way: string[]): void => {
    if (way.includes(path)) {
      found.push([...way.slice(way.indexOf(path)), path].join(' -> '));
      return;
    }
    if (done.has(path)) return;
    for (const target of targets.get(path) ?? []) visit(target, [...way, path]);
    done.add(path);
  };
  for (const path of targets.keys()) visit(path, []);
  return found;
}

function importedFiles(source: Source): string[] {
  return importsOf(source)
    .map(({ specifier }) => resolveWithin(source.path, specifier))
    .filter((path) => path !== undefined);
}

function isAllowed(from: string, specifier: string): boolean {
  const target = resolveWithin(from, specifier);
  if (target) return target.startsWith('app/renderer/assets/') || standsOn(floorOf(from), floorOf(target));
  const name = packageOf(specifier);
  if (from.startsWith('shared/')) return packagesOfShared.includes(name);
  if (from.startsWith('app/renderer/') && name.startsWith('node:')) return false;
  const places = packagePlaces[name];
  return !places || places.some((place) => from.startsWith(`${place}/`) || from === place);
}

function standsOn(floor: string | undefined, target: string | undefined): boolean {
  if (!floor || !target) return false;
  const reached = new Set([floor]);
  for (const name of reached) for (const below of floors[name] ?? []) reached.add(below);
  return reached.has(target);
}

function floorOf(path: string): string | undefined {
  return Object.keys(floors)
    .filter((floor) => path === floor || path.startsWith(`${floor}/`))
    .sort((a, b) => b.length - a.length)[0];
}
