import type { ChildProcess } from 'node:child_process';
import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { certificatesIn } from '../../server/tls/identity.ts';
import { type SecureApi, secureApiAt } from '../tls/secure.ts';
import { enterMachine, type Machine } from './machine.ts';

const packageServer = fileURLToPath(new URL('../../scripts/packageServer.mjs', import.meta.url));
const isDebian = process.platform === 'linux' && process.arch === 'x64' && spawnSync('dpkg-deb', ['--version']).status === 0;
if (!isDebian) console.log('There is no dpkg-deb on this machine, so no Debian package is built.');

/** Packs the server as the release does, only with less care for its size; gives the file. */
function pack(out: string, version: string): string {
  execFileSync(process.execPath, [packageServer, '--debian', '--fast', '--out', out, '--version', version], {
    stdio: 'pipe',
    timeout: 240_000,
  });
  return join(out, readdirSync(out).find((name) => name.includes(`_${version}_`)) ?? 'none');
}

describe.runIf(isDebian)('The package for Debian', { timeout: 300_000 }, () => {
  let out: string;
  let machine: Machine | null;
  let packages: { first: string; second: string };
  let port: number;
  let running: ChildProcess | null = null;

  beforeAll(async () => {
    out = mkdtempSync(join(tmpdir(), 'tradepost-deb-'));
    packages = { first: pack(out, '9.1.0'), second: pack(out, '9.2.0') };
    machine = await enterMachine();
    port = await freePort();
  }, 300_000);
  afterAll(async () => {
    await machine?.leave();
    rmSync(out, { recursive: true, force: true });
  });

  const run = async (line: string) => {
    const said = await (machine as Machine).run(line);
    if (said.code !== 0) throw new Error(`${line}: ${said.code}\n${said.text}`);
    return said.text;
  };

  /** As systemd would: the unit's own command, as its user, with its environment file. */
  const start = async (): Promise<SecureApi> => {
    const unit = await run('cat /lib/systemd/system/tradepost.service');
    const command = /^ExecStart=(.*)$/m.exec(unit)?.[1] ?? 'none';
    const user = /^User=(.*)$/m.exec(unit)?.[1] ?? 'none';
    running = (machine as Machine).start(
      `. /etc/tradepost/server.conf; cd /var/lib/tradepost; umask 077; exec runuser -u ${user} -- ${command}`,
    );
    const said: string[] = [];
    for (const stream of [running.stdout, running.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => said.push(text));
    await new Promise<void>((resolve, reject) => {
      running?.once('exit', (code) => reject(new Error(`The server ended with ${code}: ${said.join('')}`)));
      running?.stdout?.on('data', () => said.join('').includes('https://') && resolve());
    });
    return secureApiAt(`https://127.0.0.1:${port}`, certificatesIn(await run('cat /var/lib/tradepost/tls/root.pem'))[0] ?? '');
  };
  const stop = async (): Promise<void> => {
    const child = running as ChildProcess;
    running = null;
    const end = once(child, 'exit');
    await run(`kill -TERM $(sed 's/.*"pid":\\([0-9]*\\).*/\\1/' /var/lib/tradepost/running/*.json)`);
    await end;
  };

  test('holds the server, its runtime and its libraries, nothing for building, and nothing of this machine', () => {
    const listed = execFileSync('dpkg-deb', ['--contents', packages.first], { maxBuffer: 64e6 }).toString().trim().split('\n');
    const paths = listed.map((line) => line.split(/\s+/)[5] ?? '');
    for (const wanted of [
      'opt/tradepost/bin/node',
      'opt/tradepost/server/main.ts',
      'opt/tradepost/dist/renderer/index.html',
      'usr/bin/tradepost',
    ])
      expect(paths).toContain(`./${wanted}`);
    const modules = new Set(paths.flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\/$/.exec(path)?.[1] ?? []));
    for (const [name, isInside] of Object.entries({
      express: true,
      knex: true,
      'socket.io': true,
      vitest: false,
      electron: false,
      antd: false,
      vite: false,
    }))
      expect([name, modules.has(name)]).toEqual([name, isInside]);
    expect(
      paths.filter((path) => /\.d\.ts$|\.map$|\/test\/|(win32|darwin|musl).*\.node$/.test(path) && path.includes('node_modules')),
    ).toEqual([]);
    expect(listed.filter((line) => !/ root\/root /.test(line))).toEqual([]);
  });

  test('is installed, set up, used, upgraded and removed, and the data outlives it', async ({ skip }) => {
    if (!machine) return skip('no copy of this machine could be made');
    const installed = await run(`dpkg -i ${packages.first}`);
    expect(installed).toMatch(/https:[^ ]*:7180 in a browser; .*sudo tradepost setup-code/);
    expect(await run('stat -c "%U %a" /var/lib/tradepost')).toBe('tradepost 700\n');
    await run(`sed -i 's/--port 7180/--port ${port} --host 127.0.0.1/' /etc/tradepost/server.conf`);
    expect(await machine.run('command -v systemd-analyze && systemd-analyze verify /lib/systemd/system/tradepost.service')).toMatchObject({
      text: expect.not.stringMatching(/tradepost\.service.*(unknown|invalid|failed)/i),
    });

    let api = await start();
    expect(await run('tradepost setup-code')).toMatch(/^[2-9A-Z]{10}\n$/);
    const administrator = { login: 'admin', name: '管理员', password: 'a-long-password-42' };
    const setUp = await api.call('POST', '/api/setup', {
      body: {
        company: { name: '安装测试商行', code: 'shop' },
        timeZone: 'Asia/Shanghai',
        language: 'zh-CN',
        currency: 'CNY',
        taxRate: 130_000,
        content: 'empty',
        administrator,
      },
    });
    expect(setUp).toMatchObject({ status: 201 });
    const { token } = setUp.body as unknown as { token: string };
    const made = await api.call('POST', '/api/records/customer', {
      token,
      key: 'before-the-upgrade',
      body: { values: { name: '升级之前的客户' } },
    });
    expect([made.status, made.body]).toEqual([201, expect.anything()]);
    expect(await run('tradepost status')).toContain('9.1.0');
    expect(await run('tradepost certificate show')).toContain('SHA-256');
    expect(await run('stat -c "%U %a" /var/lib/tradepost/tls/root.pem')).toBe('tradepost 600\n');
    expect(await run('tradepost doctor')).toContain('the database is whole');
    await stop();
    expect(await run('tradepost backup')).toContain('proven');

    await run(`dpkg -i ${packages.second}`);
    // What was set stays set.
    expect(await run('cat /etc/tradepost/server.conf')).toContain(`--port ${port}`);
    api = await start();
    expect(await run('tradepost status')).toContain('9.2.0');
    const { body } = await api.call('POST', '/api/records/customer/list', { token, body: { fields: ['name'] } });
    expect((body as unknown as { rows: { values: { name: string } }[] }).rows.map(({ values }) => values.name)).toEqual(['升级之前的客户']);
    await stop();

    await run('dpkg --remove tradepost-server');
    expect((await machine.run('ls /opt/tradepost /usr/bin/tradepost')).code).not.toBe(0);
    expect(await run('ls /var/lib/tradepost/companies/shop /var/lib/tradepost/companies/shop/backups')).toMatch(
      /company\.sqlite[\s\S]*shop_.*\.zip/,
    );
    expect(await run('dpkg --purge tradepost-server')).toContain('The data stays in /var/lib/tradepost');
    expect(await run('ls /var/lib/tradepost/companies/shop')).toContain('company.sqlite');
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const taken = createServer();
    taken.listen(0, '127.0.0.1', () => {
      const { port } = taken.address() as { port: number };
      taken.close(() => resolve(port));
    });
  });
}
