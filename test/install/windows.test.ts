import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addressIn, installing, settingsWith, uninstalling } from '../../installers/windows/setUp.mjs';
import { layOutWindows, missingForWindows } from '../../scripts/packageWindows.mjs';

const pathOf = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const isLinux = process.platform === 'linux';
const lacking = isLinux
  ? (missingForWindows() ?? (spawnSync('7z').error ? '7z: apt install p7zip-full' : undefined))
  : 'not a Linux machine';
if (lacking) console.log(`No installer for Windows is built here: ${lacking}`);

const wanted = { program: 'D:\\Programs\\Tradepost Server', home: 'C:\\ProgramData\\Tradepost', port: 7391, isKnown: false };
const lineOf = ({ file, args }: { file: string; args: readonly string[] }) => [file, ...args].join(' ');

/** Every file of a folder: its path and a hash of what is in it. */
function contentsOf(folder: string): Map<string, string> {
  const files = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
  return new Map(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path): [string, string] => [relative(folder, path), createHash('sha256').update(readFileSync(path)).digest('hex')])
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}

/** What kind of machine a program of Windows is for, as its head says; null for what is no such program. */
function machineOf(path: string): number | null {
  const bytes = readFileSync(path);
  return bytes.subarray(0, 2).toString() === 'MZ' ? bytes.readUInt16LE(bytes.readUInt32LE(0x3c) + 4) : null;
}
const x64 = 0x8664;

describe.runIf(!lacking)('The installer for Windows', { timeout: 300_000 }, () => {
  let base: string;
  let installer: string;
  let unpacked: Map<string, string>;
  const at = (...names: string[]) => join(base, ...names);

  beforeAll(() => {
    // In the working copy: the temporary folder of a small machine may be too small.
    base = mkdtempSync(pathOf('dist/windows-'));
    const how = ['--windows', '--fast', '--version', '9.1.2-beta.1', '--out', at('out')];
    execFileSync(process.execPath, [pathOf('scripts/packageServer.mjs'), ...how], { stdio: 'pipe', timeout: 500_000 });
    installer = at('out', readdirSync(at('out'))[0] ?? 'none');
    execFileSync('7z', ['x', '-y', `-o${at('unpacked')}`, installer], { stdio: 'pipe', maxBuffer: 64e6 });
    unpacked = contentsOf(at('unpacked'));
  }, 540_000);
  afterAll(() => rmSync(base, { recursive: true, force: true }));

  test('carries exactly what was laid out for it, byte by byte, and its own way out', () => {
    layOutWindows(at('stage'), '9.1.2-beta.1');
    const stage = contentsOf(at('stage'));
    const own = [...unpacked.keys()].filter((path) => path.startsWith('$PLUGINSDIR') || path === 'uninstall.exe');
    expect(own).toContain('uninstall.exe');
    expect(new Map([...unpacked].filter(([path]) => !own.includes(path)))).toEqual(stage);
    for (const path of ['bin/node.exe', 'bin/tradepost-service.exe', 'server/main.ts', 'dist/renderer/index.html', 'tradepost.cmd'])
      expect(stage.has(path)).toBe(true);
  });

  test('brings programs for 64-bit Windows alone, the runtime that the tests run on among them', () => {
    const programs = [...unpacked.keys()].filter((path) => /\.(exe|dll|node)$/.test(path) && !path.startsWith('$'));
    expect(programs.filter((path) => path.endsWith('.node')).sort()).toEqual([
      'node_modules/@node-rs/argon2-win32-x64-msvc/argon2.win32-x64-msvc.node',
      'node_modules/better-sqlite3/prebuilds/win32-x64.node',
    ]);
    expect(programs.filter((path) => machineOf(at('unpacked', path)) !== x64)).toEqual([]);
    const forLinux = [...unpacked.keys()].filter((path) => readFileSync(at('unpacked', path)).subarray(1, 4).toString() === 'ELF');
    expect(forLinux).toEqual([]);
    expect(readFileSync(at('unpacked/bin/node.exe')).includes(`node.js/${process.version}`)).toBe(true);
  });

  test('says which release it is, to Windows too', () => {
    expect(installer).toMatch(/tradepost-server-setup-9\.1\.2-beta\.1\.exe$/);
    const wide = readFileSync(installer).toString('utf16le');
    // Resources are aligned to two bytes, so the text is found as it is read.
    for (const words of ['Tradepost Server', '9.1.2-beta.1']) expect(wide).toContain(words);
    expect(machineOf(installer)).toBe(x64);
    expect(JSON.parse(readFileSync(at('unpacked/package.json'), 'utf8'))).toMatchObject({ version: '9.1.2-beta.1' });
  });

  test('has a console command that runs the same server, with line ends that Windows reads', () => {
    const command = readFileSync(at('unpacked/tradepost.cmd'), 'latin1');
    expect(command.split('\n').every((line) => line === '' || line.endsWith('\r'))).toBe(true);
    expect(command).toMatch(/"%~dp0bin\\node\.exe" --[^@]* "%~dp0server\\cli\.ts" --data "%ProgramData%\\Tradepost\\data" %\*/);
  });
});

describe('What the installer for Windows does', () => {
  const script = readFileSync(pathOf('installers/windows/server.nsi'), 'utf8');

  test('asks nobody anything when it is silent, and then keeps the data', () => {
    const questions = script.split('\n').filter((line) => line.includes('MessageBox'));
    expect(questions.length).toBeGreaterThan(3);
    expect(questions.filter((line) => !/\/SD ID(OK|NO)/.test(line))).toEqual([]);
    expect(questions.find((line) => line.includes('$(PurgeToo)'))).toContain('/SD IDNO');
  });

  test('speaks three languages, every sentence in each', () => {
    const said = [...script.matchAll(/^LangString (\w+) \$\{LANG_(\w+)\}/gm)].map(([, name, language]) => [name, language]);
    const names = new Set(said.map(([name]) => name));
    for (const name of names)
      expect(said.filter(([one]) => one === name).map(([, language]) => language)).toEqual(['ENGLISH', 'SIMPCHINESE', 'TRADCHINESE']);
    expect([...script.matchAll(/\$\((\w+)\)/g)].map(([, name]) => name).filter((name) => !names.has(name))).toEqual([]);
  });

  test('never deletes a folder that is not one of its own parts', () => {
    const deleted = [...script.matchAll(/RMDir \/r "([^"]+)"/g)].map(([, path]) => path);
    expect(deleted.every((path) => /^\$\{folder\}\\(server|shared|dist|clients|node_modules|bin)$/.test(path ?? ''))).toBe(true);
  });

  test('makes a service with an account of its own that is started again when it ends', () => {
    const lines = installing(wanted).map(lineOf);
    expect(lines[0]).toBe(
      'sc create Tradepost binPath= "D:\\Programs\\Tradepost Server\\bin\\tradepost-service.exe" serve "C:\\ProgramData\\Tradepost" ' +
        'start= auto obj= NT SERVICE\\Tradepost DisplayName= Tradepost 商驿',
    );
    expect(lines.some((line) => line.startsWith('sc failure Tradepost') && line.includes('restart/'))).toBe(true);
    expect(lines.at(-1)).toBe('net start Tradepost');
    expect(lineOf(installing({ ...wanted, isKnown: true })[0]!)).toMatch(/^sc config Tradepost /);
  });

  test('lets nobody but administrators and the service read what the companies wrote', () => {
    const lines = installing(wanted).map(lineOf);
    const rights = lines.filter((line) => line.startsWith('icacls') && line.includes('/grant'));
    expect(rights).toEqual([
      'icacls C:\\ProgramData\\Tradepost /inheritance:r /grant:r *S-1-5-32-544:(OI)(CI)F *S-1-5-18:(OI)(CI)F NT SERVICE\\Tradepost:(OI)(CI)RX',
      'icacls C:\\ProgramData\\Tradepost\\data /grant NT SERVICE\\Tradepost:(OI)(CI)M',
    ]);
    // The service can be named once it is there, and starts once it may read.
    const order = ['sc create', '/inheritance:r', 'net start'].map((part) => lines.findIndex((line) => line.includes(part)));
    expect(order).toEqual([...order].sort((one, other) => one - other));
  });

  test('opens the firewall for this program at this port, in the office only, and closes it when it goes', () => {
    const opened = installing(wanted)
      .map(lineOf)
      .filter((line) => line.includes('add rule'));
    expect(opened[0]).toContain(
      'name=Tradepost dir=in action=allow program=D:\\Programs\\Tradepost Server\\bin\\node.exe protocol=TCP localport=7391 profile=private,domain',
    );
    const names = opened.map((line) => /name=(.*) dir=/.exec(line)?.[1]);
    const closed = uninstalling(wanted)
      .map(lineOf)
      .filter((line) => line.includes('delete rule'));
    expect(closed.map((line) => /name=(.*)$/.exec(line)?.[1])).toEqual(names);
  });

  test('keeps the settings an administrator wrote, and changes nothing but a port that is asked for', () => {
    const fresh = settingsWith(null, undefined);
    expect(addressIn(fresh)).toEqual({ port: 7180, url: 'https://localhost:7180' });
    const written = '#   --port 1\r\n--host 10.0.0.5 --port 7180 --tls off\r\n--name shop.lan\r\n';
    expect(settingsWith(written, undefined)).toBe(written);
    expect(settingsWith(written, 8080)).toBe(written.replace('--port 7180', '--port 8080'));
    expect(addressIn(settingsWith(written, 8080))).toEqual({ port: 8080, url: 'http://localhost:8080' });
    expect(addressIn(settingsWith('--tls on', 8080)).port).toBe(8080);
  });
});

test('A server that was told so ends in good order when its input ends, as the service on Windows asks it to', {
  timeout: 60_000,
}, async () => {
  const data = mkdtempSync(join(tmpdir(), 'tradepost-input-'));
  const server = spawn(
    process.execPath,
    [pathOf('server/main.ts'), '--data', data, '--port', '0', '--host', '127.0.0.1', '--until-input-ends'],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  await once(server.stdout, 'data');
  expect(readdirSync(join(data, 'running'))).toHaveLength(1);
  server.stdin.end();
  expect(await once(server, 'exit')).toEqual([0, null]);
  expect(readdirSync(join(data, 'running'))).toEqual([]);
  rmSync(data, { recursive: true });
});
