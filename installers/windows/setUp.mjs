import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { win32 } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

// What the installer has done after the files are in place, and before they go: run on the runtime that came with them.
//   node setUp.mjs install --program DIR [--port N]
//   node setUp.mjs uninstall --program DIR [--purge]

const service = 'Tradepost';
const account = `NT SERVICE\\${service}`;
/** Groups by their numbers, because their names are translated: administrators, and the machine itself. */
const [administrators, system] = ['*S-1-5-32-544', '*S-1-5-18'];
const rules = { web: 'Tradepost', discovery: 'Tradepost (mDNS)' };
const portUsual = 7180;

const settingsBefore = `# What the Tradepost server is started with. After a change: net stop Tradepost, net start Tradepost
# (a change of the port: run the installer again with /PORT=N, which changes the firewall too)
#   --port 7180            the port it listens on
#   --host 192.168.1.10    listens on this address only (0.0.0.0: on all)
#   --name shop.lan        a further name by which browsers call it; may stand several times
#   --tls on               encrypted connections (https), with certificates the server makes itself: tradepost certificate show
#   --no-announce          is not found by name in the LAN (mDNS); clients are told the address
`;

/**
 * The settings with a port, whether there were some (null: none) or not; without a port those that are there stay as they are.
 * @param {string | null} text what server.conf says
 * @param {number | undefined} port
 * @returns {string}
 */
export function settingsWith(text, port) {
  if (text === null) return `${settingsBefore}--port ${port ?? portUsual} --tls on\n`;
  if (port === undefined) return text;
  const lines = text.split('\n');
  const at = lines.findIndex((line) => !line.startsWith('#') && /--port[ =]\d+/.test(line));
  if (at < 0) return `${text.replace(/\n*$/, '\n')}--port ${port}\n`;
  lines[at] = lines[at].replace(/--port[ =]\d+/, `--port ${port}`);
  return lines.join('\n');
}

/**
 * Where people on this machine open the server that is started with these settings.
 * @param {string} text what server.conf says
 * @returns {{ port: number, url: string }}
 */
export function addressIn(text) {
  const options = text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join(' ');
  const port = Number(/--port[ =](\d+)/.exec(options)?.[1] ?? portUsual);
  return { port, url: `${/--tls[ =]on\b/.test(options) ? 'https' : 'http'}://localhost:${port}` };
}

/**
 * The commands that make a service of the files, in their order.
 * @param {{ program: string, home: string, port: number, isKnown: boolean }} of `home`: where data lies; `isKnown`: the service is there already
 * @returns {{ file: string, args: string[], mayFail?: boolean }[]}
 */
export function installing({ program, home, port, isKnown }) {
  const inProgram = (...names) => win32.join(program, ...names);
  const host = inProgram('bin', 'tradepost-service.exe');
  const node = inProgram('bin', 'node.exe');
  const opened = (name, protocol, localPort) => [
    { file: 'netsh', args: ['advfirewall', 'firewall', 'delete', 'rule', `name=${name}`], mayFail: true },
    {
      file: 'netsh',
      args: ['advfirewall', 'firewall', 'add', 'rule', `name=${name}`, 'dir=in', 'action=allow', `program=${node}`].concat(
        `protocol=${protocol}`,
        `localport=${localPort}`,
        'profile=private,domain',
      ),
    },
  ];
  const run = ['binPath=', `"${host}" serve "${home}"`, 'start=', 'auto', 'obj=', account, 'DisplayName=', 'Tradepost 商驿'];
  return [
    { file: 'sc', args: [isKnown ? 'config' : 'create', service, ...run] },
    { file: 'sc', args: ['description', service, 'Customers, quotes, orders, stock and money of this office. 商驿服务器'], mayFail: true },
    { file: 'sc', args: ['sidtype', service, 'unrestricted'] },
    { file: 'sc', args: ['failure', service, 'reset=', '86400', 'actions=', 'restart/5000/restart/5000/restart/60000'], mayFail: true },
    // Whoever made the folder before us, it is the administrators' now, and nobody else reads what lies there.
    { file: 'icacls', args: [home, '/setowner', administrators, '/T', '/C', '/L', '/Q'], mayFail: true },
    ...(isKnown ? [] : [{ file: 'icacls', args: [home, '/reset', '/T', '/C', '/L', '/Q'], mayFail: true }]),
    {
      file: 'icacls',
      args: [home, '/inheritance:r', '/grant:r', `${administrators}:(OI)(CI)F`, `${system}:(OI)(CI)F`, `${account}:(OI)(CI)RX`],
    },
    { file: 'icacls', args: [win32.join(home, 'data'), '/grant', `${account}:(OI)(CI)M`] },
    ...opened(rules.web, 'TCP', port),
    ...opened(rules.discovery, 'UDP', 5353),
    { file: host, args: ['path', 'add', program] },
    { file: 'net', args: ['start', service] },
  ];
}

/**
 * The commands that take the service away; each may find nothing to do.
 * @param {{ program: string }} of
 * @returns {{ file: string, args: string[], mayFail?: boolean }[]}
 */
export function uninstalling({ program }) {
  const closed = (name) => ({ file: 'netsh', args: ['advfirewall', 'firewall', 'delete', 'rule', `name=${name}`], mayFail: true });
  return [
    { file: 'net', args: ['stop', service], mayFail: true },
    { file: 'sc', args: ['delete', service], mayFail: true },
    closed(rules.web),
    closed(rules.discovery),
    { file: win32.join(program, 'bin', 'tradepost-service.exe'), args: ['path', 'remove', program], mayFail: true },
  ];
}

/** Runs them one after the other; what fails and may not is told, and the others still run. Gives whether all is well. */
function runAll(commands, log) {
  let isWell = true;
  for (const { file, args, mayFail } of commands) {
    const done = spawnSync(inSystem(file), args, { encoding: 'utf8', windowsHide: true });
    log(`${file} ${args.join(' ')} → ${done.error?.message ?? done.status}`);
    if (done.status === 0 || mayFail) continue;
    log(`${done.stdout ?? ''}${done.stderr ?? ''}`.trim());
    isWell = false;
  }
  return isWell;
}

/** By its full path: never a program of the same name that lies elsewhere. */
const inSystem = (file) => (file.includes('\\') ? file : win32.join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', `${file}.exe`));

function install({ program, port }, home, log) {
  const settings = win32.join(home, 'server.conf');
  const text = settingsWith(existsSync(settings) ? readFileSync(settings, 'utf8') : null, port);
  writeFileSync(settings, text);
  const address = addressIn(text);
  writeFileSync(win32.join(program, 'Tradepost.url'), `[InternetShortcut]\r\nURL=${address.url}\r\n`);
  const isKnown = spawnSync(inSystem('sc'), ['query', service], { windowsHide: true }).status === 0;
  return runAll(installing({ program, home, port: address.port, isKnown }), log);
}

function uninstall({ program, purge }, home, log) {
  runAll(uninstalling({ program }), log);
  if (purge) rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  return true;
}

function main() {
  const options = { program: { type: 'string' }, port: { type: 'string' }, purge: { type: 'boolean', default: false } };
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
  const home = win32.join(process.env.ProgramData ?? 'C:\\ProgramData', 'Tradepost');
  const doing = { install, uninstall }[positionals[0]];
  if (!doing || !values.program) return 2;
  mkdirSync(win32.join(home, 'data'), { recursive: true });
  // A link that leads elsewhere was laid by somebody who wants us to open or delete what lies there.
  if (lstatSync(home).isSymbolicLink() || lstatSync(win32.join(home, 'data')).isSymbolicLink()) return 4;
  const log = (line) => {
    console.log(line);
    if (existsSync(home)) appendFileSync(win32.join(home, 'install.log'), `${line}\n`);
  };
  const port = values.port === undefined ? undefined : Number(values.port);
  return doing({ program: values.program, port, purge: values.purge }, home, log) ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = main();
