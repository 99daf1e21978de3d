import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { nodeBinary, root as rootFolder } from './prepare.mjs';

// Without the slash at its end, as it comes out of dirname.
const root = resolve(rootFolder);

/** What the server imports by a path that no pattern finds. */
const namedOtherwise = ['@expo-google-fonts/noto-sans-sc'];

/** By package, the only files of it that a server needs; of all others everything is taken but what `isLeftOut` says. */
const only = {
  '@expo-google-fonts/noto-sans-sc': /^(package\.json|LICENSE.*|(400Regular|700Bold)(\/.*\.ttf)?)$/,
  'better-sqlite3': /^(package\.json|LICENSE|lib(\/.*)?|prebuilds|prebuilds\/[^/]+\.node)$/,
};

/**
 * Lays out everything a server needs to run on a 64-bit machine that has nothing of it, the runtime included: the same
 * sources and libraries that the tests ran with. The screens must have been built.
 * @param {string} folder where to, made new
 * @param {string} version the release it calls itself
 * @param {{ name: 'linux' | 'win32', node: string, packages?: { name: string, folder: string }[] }} system `node`: its runtime;
 *   `packages`: folders of packages for it that are not installed here
 */
export function layOutServer(folder, version, system = { name: 'linux', node: nodeBinary() }) {
  for (const part of ['server', 'shared']) cpSync(join(root, part), join(folder, part), { recursive: true });
  cpSync(join(root, 'dist', 'renderer'), join(folder, 'dist', 'renderer'), { recursive: true });
  // Clients of this very release, where they were packed before.
  const clients = join(root, 'dist', 'installers', 'clients');
  const isOfRelease = (path) => path === clients || basename(path).includes(`-${version}-`) || basename(path).startsWith('latest');
  if (existsSync(clients)) cpSync(clients, join(folder, 'clients'), { recursive: true, filter: isOfRelease });
  const { name, description, license, type } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  mkdirSync(join(folder, 'bin'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify({ name, version, private: true, description, license, type }, null, 2)}\n`);
  cpSync(system.node, join(folder, 'bin', basename(system.node)));
  for (const path of packagesOf(importedBy(['server', 'shared']), system.name)) {
    copyPackage(path, join(folder, relative(root, path)), system.name);
  }
  for (const one of system.packages ?? []) copyPackage(one.folder, join(folder, 'node_modules', one.name), system.name);
  makeReadable(folder);
}

/** The packages that the files of some folders import for more than their types. */
function importedBy(folders) {
  const found = new Set(namedOtherwise);
  for (const file of folders.flatMap((folder) => filesUnder(join(root, folder))).filter((path) => path.endsWith('.ts'))) {
    const text = readFileSync(file, 'utf8').replaceAll(/^(import|export) type .*$/gm, '');
    for (const [, from] of text.matchAll(/\bfrom '([^'.][^']*)'|\bimport\('([^'.][^']*)'\)/g)) add(found, from);
  }
  return found;
}

function add(found, specifier) {
  if (!specifier || specifier.startsWith('node:')) return;
  const [first, second] = specifier.split('/');
  found.add(first.startsWith('@') ? `${first}/${second}` : first);
}

/** The folders of packages and of all they depend on; packages for other machines are not there and not missed. */
function packagesOf(names, system) {
  const folders = new Set();
  const take = (name, from, isOptional) => {
    const folder = findPackage(name, from);
    if (!folder) {
      if (isOptional) return;
      throw new Error(`${name}, which ${relative(root, from)} needs, is not installed`);
    }
    if (folders.has(folder)) return;
    const { os, dependencies = {}, optionalDependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    if (os && !os.includes(system)) return;
    folders.add(folder);
    for (const other of Object.keys({ ...dependencies, ...optionalDependencies })) take(other, folder, other in optionalDependencies);
  };
  for (const name of names) take(name, root, false);
  return folders;
}

/** As Node looks for it: from the folder of whoever asks up to the root. */
function findPackage(name, from) {
  for (let at = from; ; at = dirname(at)) {
    const folder = join(at, 'node_modules', name);
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (at === root || at === dirname(at)) return undefined;
  }
}

function copyPackage(from, to, system) {
  const wanted = only[relative(join(root, 'node_modules'), from).replaceAll('\\', '/')];
  cpSync(from, to, {
    recursive: true,
    dereference: true,
    filter: (path) => {
      const inside = relative(from, path).replaceAll('\\', '/');
      if (inside === '') return true;
      if (/(^|\/)prebuilds\/./.test(inside) && !inside.endsWith(`${system}-x64.node`)) return false;
      return wanted ? wanted.test(inside) : !isLeftOut(inside);
    },
  });
}

/** Packages inside of packages are packages of their own; notes, types, maps and tests are for people who build. */
function isLeftOut(path) {
  return (
    basename(path) === 'node_modules' ||
    /\.(d\.[mc]?ts|map|md|markdown|flow)$|(^|\/)(tests?|__tests__|\.github|examples?|docs?)$/.test(path)
  );
}

/** What lies in a working copy may be closed to others; what is installed is read by the service's own user. */
function makeReadable(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    chmodSync(path, entry.isDirectory() || isProgram(path) ? 0o755 : 0o644);
    if (entry.isDirectory()) makeReadable(path);
  }
}

const isProgram = (path) => path.endsWith(`${join('bin', 'node')}`);

const filesUnder = (folder) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/**
 * The bytes of all files of a folder.
 * @param {string} folder
 * @returns {number}
 */
export function bytesOf(folder) {
  return filesUnder(folder).reduce((sum, path) => sum + statSync(path).size, 0);
}

/**
 * Prints what the parts of a laid-out server weigh, and what came of them.
 * @param {string} folder
 * @param {string} file
 */
export function tellSizes(folder, file) {
  const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`.padStart(9);
  for (const part of readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()))
    console.log(`  ${megabytes(bytesOf(join(folder, part.name)))}  ${part.name}`);
  console.log(`  ${megabytes(statSync(file).size)}  ${file}`);
}
