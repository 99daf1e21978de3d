import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { clock } from '../clock.ts';
import { openStore } from '../database/openStore.ts';
import type { Store } from '../database/store.ts';
import { bad, type Diagnosis, examineCompany, good, warning } from '../features/care/examineCompany.ts';
import { rootOf } from '../tls/identity.ts';
import { daysLeft, findCertificates, type Shown } from '../tls/keep.ts';
import { findSuccession } from '../tls/succession.ts';
import { type Entry, folderOf, placeOf, readRegistry } from './registry.ts';
import { findRunning } from './running.ts';

/** A disk with less room than this stops the business soon, or at once. */
const roomBytes = { short: 10e9, none: 1e9 };

/**
 * Looks at everything a server needs, beside a running one or without it, and changes nothing: folder, disk, door, and of each
 * company the database, its files, its newest backup and whether the clock went on since it was written last. Gives what it finds as it
 * goes: reading a large database takes minutes.
 */
export async function* examine(dataFolder: string, port: number): AsyncGenerator<Diagnosis> {
  const folder = ofFolder(dataFolder);
  yield folder;
  if (folder.level === 'bad') return;
  yield ofRoom(dataFolder);
  yield await ofDoor(dataFolder, port);
  yield* ofCertificate(dataFolder);
  let entries: Entry[];
  try {
    entries = readRegistry(dataFolder);
  } catch {
    const advice = '从备份恢复，或还原 companies.json · restore a backup, or put companies.json back';
    yield bad('账套登记文件无法读取 · companies.json cannot be read', advice);
    return;
  }
  if (entries.length === 0) yield warning('还没有账套 · no company yet', '在浏览器中完成首次设置 · do the first set-up in a browser');
  for (const entry of entries) yield* await ofCompany(dataFolder, entry);
}

function ofFolder(folder: string): Diagnosis {
  if (!existsSync(folder))
    return bad(`数据文件夹不存在 · no data folder: ${folder}`, '检查路径与磁盘 · check the path and whether the disk is there');
  try {
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    return bad(`数据文件夹不可写 · the data folder cannot be written: ${folder}`, `chown -R tradepost: ${folder}`);
  }
  return statSync(folder).mode & 0o077 && process.platform !== 'win32'
    ? warning(`其他用户可读取数据文件夹 · other users can read the data folder: ${folder}`, `chmod 700 ${folder}`)
    : good(`数据文件夹 · data folder: ${folder}`);
}

function ofRoom(folder: string): Diagnosis {
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  const what = `磁盘剩余 · room left on the disk: ${(free / 1e9).toFixed(1)} GB`;
  const advice = '清理磁盘或换更大的磁盘 · free some room or move to a larger disk';
  if (free < roomBytes.none) return bad(what, advice);
  return free < roomBytes.short ? warning(what, advice) : good(what);
}

async function ofDoor(dataFolder: string, port: number): Promise<Diagnosis> {
  const running = await findRunning(dataFolder);
  if (running)
    return good(`服务器正在运行 · the server answers: ${running.url} (${running.version}, pid ${running.pid}, ${running.since})`);
  if (await isFree(port)) return warning(`服务器未运行 · the server does not run (port ${port} is free)`, 'systemctl start tradepost');
  return bad(
    `端口 ${port} 被其他程序占用 · another program has port ${port}`,
    '停止该程序，或在 server.conf 中更改端口 · stop it, or choose another port in server.conf',
  );
}

const dayMs = 86_400_000;
/** A certificate of the company is not renewed by us: whoever looks after it needs time. */
const leafDaysWanted = 30;

function ofCertificate(dataFolder: string): Diagnosis[] {
  try {
    const shown = findCertificates(dataFolder);
    if (!shown) return [];
    const days = daysLeft(shown, clock.now());
    const what = `证书剩余 · days left of the certificate: ${days}`;
    const advice =
      shown.source === 'company'
        ? '导入新的公司证书 · import the new one: tradepost certificate import --key FILE --chain FILE'
        : '启动服务器即自动更新 · the server renews it itself when it runs: systemctl restart tradepost';
    const ofLeaf = days < 0 ? bad(what, advice) : days < leafDaysWanted ? warning(what, advice) : good(what);
    return [ofLeaf, ...ofRoot(dataFolder, shown)];
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    const file = String(fault.facts.file);
    return [bad(`证书文件无法读取 · a certificate cannot be read: ${file}`, '从备份还原该文件 · put that file back from a copy')];
  }
}

/** Clients need months in which they come by to learn another one. */
const rootDaysWanted = 365;

function ofRoot(dataFolder: string, shown: Shown): Diagnosis[] {
  if (shown.source === 'company') return [];
  const exchange = findSuccession(dataFolder);
  if (exchange?.phase === 'handingOut')
    return [good(`根证书更换中，至 ${exchange.told.until} · the root certificate is being exchanged until then`)];
  const days = Math.floor((rootOf(shown).validToDate.getTime() - clock.now()) / dayMs);
  const what = `根证书剩余 · days left of the root certificate: ${days}`;
  const advice = '更换根证书 · exchange it: tradepost certificate rotate';
  if (days < 0) return [bad(what, advice)];
  return days < rootDaysWanted ? [warning(what, advice)] : [];
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const door = createServer();
    door.once('error', () => resolve(false));
    door.listen(port, () => door.close(() => resolve(true)));
  });

async function ofCompany(dataFolder: string, entry: Entry): Promise<Diagnosis[]> {
  const name = `${entry.code} ${entry.name}`;
  const folder = folderOf(dataFolder, entry.code);
  const place = placeOf(entry, folder);
  const restore = `从备份恢复 · restore a backup: tradepost restore FILE (${join(folder, 'backups')})`;
  if (place.engine === 'sqlite' && !existsSync(place.file)) return [bad(`${name}: 数据库文件不存在 · no database file`, restore)];
  let store: Store | null = null;
  try {
    store = await openStore(place.engine === 'sqlite' ? { ...place, readOnly: true } : place);
    return await examineCompany(store, { name, folder, restore });
  } catch (fault) {
    const why = fault instanceof Refusal ? `${fault.code} ${JSON.stringify(fault.facts)}` : (fault as Error).message;
    const advice = place.engine === 'postgres' ? '检查 PostgreSQL 是否运行 · check whether PostgreSQL runs' : restore;
    return [bad(`${name}: 数据库无法读取 · the database cannot be read: ${why}`, advice)];
  } finally {
    await store?.close();
  }
}
