import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Bonjour } from 'bonjour-service';
import { pino } from 'pino';
import { checkServer } from '../../app/main/checkServer.ts';
import { discoverServers } from '../../app/main/discover.ts';
import { PinStore } from '../../app/main/pinStore.ts';
import { pinOf } from '../../app/main/trust.ts';
import { clock } from '../../server/clock.ts';
import { announce } from '../../server/discovery/announce.ts';
import { openSecureDoor } from '../../server/http/door.ts';
import { certificatesIn } from '../../server/tls/identity.ts';
import { keepCertificates } from '../../server/tls/keep.ts';

// Runs in a network of its own, where there is nobody but us: a server, and a stranger who takes its name. Prints what a desktop program finds.
const [address = '', otherAddress = ''] = process.argv.slice(2);
const folder = () => mkdtempSync(join(tmpdir(), 'tradepost-discovery-'));
const data = folder();
const seconds = 3000;

async function startServer(...flags: string[]) {
  const main = fileURLToPath(new URL('../../server/main.ts', import.meta.url));
  const args = [main, '--data', data, '--host', address, '--name', 'shop', '--tls', 'on', '--until-input-ends', ...flags];
  const server = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  for await (const text of server.stdout) if (String(text).includes('https://')) break;
  return async () => {
    server.stdin.end();
    await once(server, 'exit');
  };
}

const stop = await startServer();
const alone = await discoverServers(seconds);

const strange = keepCertificates(folder(), [address], clock.now());
const door = openSecureDoor((_request, response) => response.end(), { shown: strange, hostNames: [] });
await new Promise<void>((resolve) => door.listen(7999, address, resolve));
const spoof = new Bonjour({ interface: address, bind: '0.0.0.0' } as never);
spoof.publish({ name: 'shop', type: 'tradepost', port: 7999, txt: { tls: '1' }, probe: false });
const spoofed = await discoverServers(seconds);

const pins = new PinStore(join(folder(), 'pins.json'));
const pin = pinOf(certificatesIn(readFileSync(join(data, 'tls', 'root.pem'), 'utf8')).at(-1) ?? '');
if (pin) pins.keep(`https://${address}:7180`, pin);
const trust: Record<string, unknown> = {};
for (const { server } of [...alone, ...spoofed]) trust[server] = await checkServer(server, pins, { signal: AbortSignal.timeout(5000) });
// The stranger sits where the server was, with its name, its port and its address.
await stop();
const inItsPlace = openSecureDoor((_request, response) => response.end(), { shown: strange, hostNames: [] });
await new Promise<void>((resolve) => inItsPlace.listen(7180, address, resolve));
const replaced = await checkServer(`https://${address}:7180`, pins, { signal: AbortSignal.timeout(5000) });
inItsPlace.close();
spoof.destroy();
const afterwards = await discoverServers(seconds);

const quiet = await startServer('--no-announce');
const silent = await discoverServers(seconds);
await quiet();

const holder = createSocket('udp4');
await new Promise<void>((resolve) => holder.bind(5353, '0.0.0.0', resolve));
const lines: string[] = [];
const log = pino({}, { write: (line: string) => void lines.push(line) });
const end = announce({ host: '0.0.0.0', port: 7180, names: [], root: () => null, log });
await new Promise((resolve) => setTimeout(resolve, 500));
await end();
process.stdout.write(
  `\n${JSON.stringify({ alone, spoofed, trust, replaced, afterwards, silent, busy: lines.length, others: [otherAddress].filter((one) => JSON.stringify(alone).includes(one)) })}\n`,
);
process.exit(0);
