import { type ChildProcess, fork } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dayOf, instantOf, msOf } from '../../shared/kernel/days.ts';
import { openTrade } from '../faults/trade.ts';
import { stores } from '../stores/stores.ts';
import { beside, type DataFolder, makeDataFolder } from '../support/childServer.ts';

const [, postgres] = stores;
const soon = { timeout: 60_000, interval: 50 };

interface Process {
  readonly child: ChildProcess;
  readonly said: { leads?: true; began?: string; done?: string; count?: number }[];
}

describe('what is done by itself, with two processes on one PostgreSQL', { timeout: 180_000 }, () => {
  let data: DataFolder<unknown>;
  let processes: Process[] = [];
  // By then the company's backup of the day is due, and its clock is far from midnight.
  const noon = msOf(`${dayOf(instantOf(Date.now()), 'Asia/Shanghai')}T04:00:00.000Z`);

  beforeAll(async () => {
    if (!postgres) throw new Error('There is no second engine');
    data = await makeDataFolder(postgres, { people: ['admin'], fill: async (office) => openTrade(office, 10) });
    processes = [begin(), begin()];
  }, 180_000);
  afterAll(() => {
    for (const { child } of processes) child.kill('SIGKILL');
    data?.remove();
  });

  function begin(): Process {
    const file = fileURLToPath(new URL('./timetableChild.ts', import.meta.url));
    const task = JSON.stringify({ data: data.path, aheadMs: noon - Date.now() });
    const child = fork(file, [task], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const said: Process['said'] = [];
    child.on('message', (message) => said.push(message as Process['said'][number]));
    return { child, said };
  }
  const leading = () => processes.filter(({ said }) => said.some(({ leads }) => leads));
  const doneBy = (name: string) => processes.flatMap(({ said }) => said.filter(({ done }) => done === name));
  const backups = () =>
    beside(data, (store) => store.read((tx) => tx('backups').select('day', 'kind', 'state'))) as Promise<
      { day: string; kind: string; state: string }[]
    >;

  test('one of them does it, and when that one is killed over the backup of the day the other makes it, once', async () => {
    await expect.poll(() => leading().length, soon).toBe(1);
    const [first] = leading();
    const second = processes.find((one) => one !== first);
    await expect.poll(() => first?.said.some(({ began }) => began === 'backUpDaily'), { timeout: 60_000, interval: 1 }).toBe(true);
    expect(doneBy('tune')).toHaveLength(1);
    expect(second?.said.some(({ began }) => began)).toBe(false);
    first?.child.kill('SIGKILL');
    const killedMs = Date.now();
    await expect.poll(() => second?.said.some(({ leads }) => leads), soon).toBe(true);
    expect(Date.now() - killedMs).toBeLessThan(20_000);
    await expect.poll(() => doneBy('sweepFiles'), soon).toHaveLength(1);
    // What the first had finished is not done again; what it was at is, although it can say nothing any more.
    expect(doneBy('tune')).toHaveLength(1);
    expect(await backups()).toEqual([{ day: dayOf(instantOf(noon), 'Asia/Shanghai'), kind: 'daily', state: 'good' }]);
    expect(readdirSync(join(data.path, 'companies', 'test', 'backups')).filter((name) => name.endsWith('.zip'))).toHaveLength(1);
  });
});
