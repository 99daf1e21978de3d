import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { serverIn } from '../../app/main/discover.ts';
import { addressesToTell } from '../../server/discovery/announce.ts';

/** Runs a command in a network of its own with two cables in it, to which only it is connected. */
function inNetworkOfItsOwn(command: string) {
  const lines = [
    'ip link set lo up',
    'ip link add cable0 type veth peer name cable1',
    'ip addr add 10.77.0.1/24 dev cable0',
    'ip addr add 10.78.0.1/24 dev cable1',
    'ip link set cable0 up',
    'ip link set cable1 up',
    'ip route add 224.0.0.0/4 dev cable0',
    `exec ${command}`,
  ];
  return spawnSync('unshare', ['--net', '--kill-child', 'sh', '-ec', lines.join('\n')], { encoding: 'utf8', timeout: 150_000 });
}

const tried = process.platform === 'linux' ? inNetworkOfItsOwn('true') : null;
const isPossible = tried?.status === 0;
if (!isPossible) console.log(`No network of its own can be made here, so no server is called out: ${tried?.stderr ?? process.platform}`);

describe.runIf(isPossible)('A server in the office network', { timeout: 180_000 }, () => {
  test('is found by its name, and a stranger who takes the name gains nothing', () => {
    const child = fileURLToPath(new URL('./discoveryChild.ts', import.meta.url));
    const { stdout, stderr } = inNetworkOfItsOwn(
      `'${process.execPath}' --disable-warning=ExperimentalWarning '${child}' 10.77.0.1 10.78.0.1`,
    );
    const last = stdout.trim().split('\n').at(-1) ?? '';
    expect(last.startsWith('{'), `${stdout}\n${stderr}`).toBe(true);
    const genuine = { name: 'shop', server: 'https://10.77.0.1:7180' };
    expect(JSON.parse(last)).toEqual({
      alone: [genuine],
      spoofed: expect.arrayContaining([{ name: 'shop', server: 'https://10.77.0.1:7999' }]),
      trust: { 'https://10.77.0.1:7180': { ok: true }, 'https://10.77.0.1:7999': { ok: false, problem: 'needsCode' } },
      replaced: { ok: false, problem: 'otherRoot' },
      afterwards: [],
      silent: [],
      busy: expect.toSatisfy((count: number) => count > 0),
      others: [],
    });
  });
});

describe('What calls itself a server', () => {
  const service = {
    name: 'shop',
    port: 7180,
    txt: { tls: '1' },
    referer: { address: '192.168.1.10', family: 'IPv4' as const, port: 5353, size: 1 },
  };

  test('is an address to try at the place it called from, and its name cannot dress up', () => {
    expect(serverIn(service)).toEqual({ name: 'shop', server: 'https://192.168.1.10:7180' });
    expect(serverIn({ ...service, txt: {} })?.server).toBe('http://192.168.1.10:7180');
    expect(serverIn({ ...service, name: '商行\u202e<b>\u0000 1' })?.name).toBe('商行b 1');
    expect(serverIn({ ...service, name: 'x'.repeat(500) })?.name).toHaveLength(60);
    for (const wrong of [{ name: '\u0000' }, { port: 0 }, { port: 70_000 }, { referer: undefined }])
      expect(serverIn({ ...service, ...wrong } as typeof service)).toBeNull();
  });

  test('is told on the networks it listens on, never for one that listens on its own machine alone', () => {
    expect(addressesToTell('127.0.0.1')).toEqual([]);
    expect(addressesToTell('203.0.113.200')).toEqual([]);
    expect(addressesToTell('0.0.0.0').some((address) => address.startsWith('127.'))).toBe(false);
  });
});
