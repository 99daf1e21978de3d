import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { buildDesktop, electronBinary } from './buildDesktop.mjs';
import { buildRenderer, environment, exitCodeOf, forwardSignals, nodeBinary, prepare, root, runMain, Stop, say } from './prepare.mjs';
import { serverFlags } from './serverFlags.mjs';

const usage = `npm start -- [选项 · options]
  --data DIR      数据文件夹 · where the data lives
  --port N        端口 · port to listen on
  --host H        监听地址 · address to listen on
  --trust-proxy A 信任的反向代理地址 · a reverse proxy that is believed about where requests come from
  --tls on|off    加密连接 · encrypted connections (https), off unless said
  --metrics       开启监控指标 /metrics（仅本机，或凭 TRADEPOST_METRICS_TOKEN） · figures for monitoring at /metrics
  --name NAME     服务器的其他名称 · a further name by which clients call it
  --no-announce   不在局域网中宣告 · do not call out in the LAN
  --no-open       不打开客户端 · do not open the client
  --demo          用演示数据启动 · start with a made-up company
  --orders N      演示订单数 · how many orders the made-up company has
  --seed N        演示数据的种子 · which made-up company`;

const kinds = {
  local: '本机 · this machine',
  lan: '局域网 · local network',
  vpn: 'VPN',
};

await runMain(async () => {
  const args = process.argv.slice(2);
  if (args.includes('--help')) {
    console.log(usage);
    return 0;
  }
  await prepare();
  await buildRenderer();
  const opens = !args.includes('--no-open');
  if (opens && hasScreen() && electronBinary()) await buildDesktop();
  return runServer({ flags: args.filter((flag) => flag !== '--no-open'), opens });
});

/** Runs the server until it ends, and gives its exit code. */
async function runServer({ flags, opens }) {
  say('正在启动服务器', 'starting the server');
  const server = spawn(nodeBinary(), [...serverFlags, 'server/main.ts', ...flags], {
    cwd: root,
    env: environment(),
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  forwardSignals((signal) => askToStop(server, signal));
  let failure;
  server.on('message', (message) => {
    if (message?.type === 'ready') greet(message, opens);
    if (message?.type === 'failed') failure = message;
  });
  const code = await exitCodeOf(server);
  if (failure) throw new Stop(wordsFor(failure));
  return code;
}

function askToStop(server, signal) {
  // Windows has no signals: there kill() would cut the server off in the middle of its work.
  if (process.platform === 'win32' && server.connected) server.send({ type: 'stop' });
  else server.kill(signal);
}

function wordsFor(failure) {
  if (failure.reason !== 'portTaken') return String(failure.message ?? failure.reason);
  return (
    `端口 ${failure.port} 已被占用：商驿可能已在运行，或用 npm start -- --port N 换一个端口。 · ` +
    `Port ${failure.port} is taken: Tradepost may already be running; or choose another with npm start -- --port N.`
  );
}

/** Shows where people reach the server, and opens the client on this machine. */
function greet({ addresses = [], demo }, opens) {
  const lines = ['商驿 Tradepost', ''];
  for (const { url, kind } of addresses) lines.push(`${url}   ${kinds[kind] ?? kind ?? ''}`);
  if (demo?.people) {
    lines.push('', '演示账号 · people of the made-up company');
    for (const { name, password, role } of demo.people) lines.push(`${name}  /  ${password}   ${role ?? ''}`);
  }
  lines.push('', '按 Ctrl+C 停止 · Ctrl+C stops the server');
  console.log(box(lines));
  const address = (addresses.find(({ kind }) => kind === 'local') ?? addresses[0])?.url;
  if (opens && address) openClient(address);
}

function openClient(address) {
  const command = electronCommand(address) ?? browserCommand(address);
  if (!command) return;
  const client = spawn(command[0], command.slice(1), { cwd: root, stdio: 'ignore', detached: true });
  // A machine without a browser is a server: the address in the box is enough.
  client.on('error', () => undefined);
  client.unref();
}

function electronCommand(address) {
  const binary = hasScreen() ? electronBinary() : undefined;
  return binary && [binary, join(root, 'dist', 'main', 'main.js'), `--server=${address}`];
}

function browserCommand(address) {
  if (!hasScreen()) return undefined;
  if (process.platform === 'win32') return ['cmd', '/c', 'start', '', address];
  return [process.platform === 'darwin' ? 'open' : 'xdg-open', address];
}

function hasScreen() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

function box(lines) {
  const width = Math.max(...lines.map(widthOf));
  const rows = lines.map((line) => `│ ${line}${' '.repeat(width - widthOf(line))} │`);
  const edge = '─'.repeat(width + 2);
  return [`┌${edge}┐`, ...rows, `└${edge}┘`].join('\n');
}

/** Columns a text takes in a terminal: Chinese characters take two. */
function widthOf(text) {
  return [...text].reduce((width, character) => width + (/[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]/.test(character) ? 2 : 1), 0);
}
