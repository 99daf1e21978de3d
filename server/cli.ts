import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import pino from 'pino';
import { catalogue } from '../shared/catalogue.ts';
import { instantOf } from '../shared/kernel/days.ts';
import { Refusal } from '../shared/kernel/refusal.ts';
import { nearestLanguage } from '../shared/language/languages.ts';
import { proveAnchor } from './backup/anchor.ts';
import { backUp } from './backup/backUp.ts';
import type { Manifest } from './backup/manifest.ts';
import { readPassphrase } from './backup/passphrase.ts';
import { proveBackup } from './backup/proveBackup.ts';
import { openArchive } from './backup/readArchive.ts';
import { offerFeatures } from './features/offer.ts';
import { proveCompany } from './features/proveCompany.ts';
import { setUpCompany } from './features/setup/setUpCompany.ts';
import { describeCertificates, exportRoot, importCertificates, pairByConsole } from './start/certificates.ts';
import { addClientsByConsole, describeClients } from './start/clients.ts';
import { Companies } from './start/companies.ts';
import { examine } from './start/doctor.ts';
import { readRegistry } from './start/registry.ts';
import { restoreCompany } from './start/restore.ts';
import { findRunning } from './start/running.ts';
import { askRunningServer, type Unlocked, type UnlockWish, unlockCompanies } from './start/unlockFile.ts';
import { version } from './version.ts';

const help = `tradepost <command> [--data DIR] [--company CODE]

  status                    whether the server runs, where, and for which companies
  setup-code                what the first start asks for at other machines
  doctor [--port 7180]      looks at disk, door, clock, databases, files and backups, and says what to do; exit code 1 when something is bad
  certificate show          who the server is to those who connect with TLS: fingerprint of the root, names, days left
  certificate export FILE   the root certificate, for the store of browsers and computers
  certificate import        takes over the company's own certificate: --key FILE --chain FILE (up to the root) [--name shop.lan]
  pair                      a code with which one desktop client learns to trust this server; valid ten minutes, once
  clients list              the installers of the desktop program that the server gives out
  clients add FILE…         more of them: checked for name, kind and the server's own version; desktop programs that are installed follow
  prove                     proves ledgers, document flows and the audit chain of every company, the chain against the newest backup too;
                            exit code 1 when something is wrong
                            [--against FILE] against a backup that lies elsewhere
  backup                    makes a backup of every company (or one) now, proven by restoring it
  verify FILE               reads a backup whole, restores it into a scratch folder and proves it; changes nothing
  restore FILE [--yes]      shows what a backup holds, asks, then puts it in the place of its company; what was there is kept
                            [--company CODE] as a company of another code
                            [--passphrase-file FILE] for a backup that is encrypted (verify takes it too)
                            [--engine postgres --url postgres://…] into PostgreSQL, whatever it was taken from
  unlock [--user LOGIN]     lets people in again: switches the address rules and the check of devices off and takes every lock and wait
                            away, in every company or one; with --user only that account is freed. Also while the server runs; audited
         --user LOGIN --second-factor   also takes away that person's second step (app, security keys), for somebody who has lost it
  company list              the companies of this server
  company create CODE NAME  a further company (账套) with its own database, files and users
                            --login LOGIN --password PASSWORD [--language zh-CN] [--currency CNY] [--tax-rate 13]

prove, backup, restore and company need the server stopped: a data folder has one master. The others work beside it.
`;

/** The console: the same pieces as the server, without its doors. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
  const [command = 'help', ...words] = positionals;
  const name = ['company', 'certificate', 'clients'].includes(command) ? `${command} ${words.shift()}` : command;
  const onFile = fileCommands[name];
  const onCompanies = companyCommands[name];
  if (!onFile && !onCompanies) {
    console.log(help);
    return command === 'help' ? 0 : 2;
  }
  offerFeatures();
  try {
    if (onFile) return await onFile(values, words);
    return await withCompanies(resolve(values.data), async (companies) => (await onCompanies?.(companies, values, words)) ?? 2);
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    console.error(`${fault.code} ${JSON.stringify(fault.facts)}`);
    return 1;
  }
}

const options = {
  data: { type: 'string', default: 'data' },
  company: { type: 'string' },
  login: { type: 'string', default: 'admin' },
  password: { type: 'string' },
  language: { type: 'string', default: 'zh-CN' },
  currency: { type: 'string', default: 'CNY' },
  'tax-rate': { type: 'string', default: '13' },
  'time-zone': { type: 'string', default: 'Asia/Shanghai' },
  engine: { type: 'string', default: 'sqlite' },
  url: { type: 'string' },
  yes: { type: 'boolean', default: false },
  against: { type: 'string' },
  'passphrase-file': { type: 'string' },
  port: { type: 'string', default: '7180' },
  user: { type: 'string' },
  'second-factor': { type: 'boolean', default: false },
  key: { type: 'string' },
  chain: { type: 'string' },
  name: { type: 'string', multiple: true },
} as const;
type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];
type Words = readonly string[];

const companyCommands: Readonly<Record<string, (companies: Companies, values: Values, words: Words) => Promise<number>>> = {
  prove: proveAll,
  backup: backUpAll,
  'company list': async (companies) => {
    for (const { code, name, store } of companies.list()) console.log(`${code}\t${name}\t${store.engine}`);
    return 0;
  },
  'company create': createCompany,
};

const fileCommands: Readonly<Record<string, (values: Values, words: Words) => Promise<number>>> = {
  verify,
  restore,
  status,
  'setup-code': setupCode,
  doctor,
  unlock,
  'certificate show': showCertificate,
  'certificate export': exportCertificate,
  'certificate import': importCertificate,
  pair,
  'clients list': listClients,
  'clients add': addClientFiles,
};

async function withCompanies(dataFolder: string, run: (companies: Companies) => Promise<number>): Promise<number> {
  const companies = await Companies.open({ dataFolder, catalogue, log: pino({ level: 'silent' }), announce: () => {} });
  try {
    return await run(companies);
  } finally {
    await companies.close();
  }
}

const meant = (companies: Companies, { company }: Values) =>
  companies.list().filter((known) => company === undefined || known.code === company);

async function proveAll(companies: Companies, values: Values): Promise<number> {
  let count = 0;
  for (const company of meant(companies, values)) {
    const anchor = values.against === undefined ? undefined : { file: resolve(values.against), passphrase: passphraseFrom(values) };
    const findings = [...(await proveCompany(company)), ...(await proveAnchor(company, anchor))];
    count += findings.length;
    console.log(`${company.code}: ${findings.length === 0 ? '账实相符 · proven' : `${findings.length} findings`}`);
    for (const { proof, detail } of findings) console.log(`  ${proof}: ${detail}`);
  }
  return count === 0 ? 0 : 1;
}

async function backUpAll(companies: Companies, values: Values): Promise<number> {
  for (const company of meant(companies, values)) {
    const made = await backUp(company, { kind: 'manual' });
    console.log(`${company.code}: 备份已检验 · proven  ${made.path}  ${megabytes(made.bytes)}, ${made.rows} rows, ${made.files} files`);
  }
  return 0;
}

async function verify(values: Values, [file]: Words): Promise<number> {
  if (!file) return usage();
  const scratch = mkdtempSync(join(tmpdir(), 'tradepost-verify-'));
  try {
    const { manifest, findings } = await proveBackup(resolve(file), { catalogue, scratch, passphrase: passphraseFrom(values) });
    show(manifest);
    console.log(findings.length === 0 ? '备份完好，可以恢复 · whole and proven' : `${findings.length} findings`);
    for (const { proof, detail } of findings) console.log(`  ${proof}: ${detail}`);
    return findings.length === 0 ? 0 : 1;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function restore(values: Values, [file]: Words): Promise<number> {
  if (!file || (values.engine === 'postgres') !== (values.url !== undefined)) return usage();
  const passphrase = passphraseFrom(values);
  const archive = await openArchive(resolve(file), passphrase);
  archive.close();
  show(archive.manifest);
  const code = values.company ?? archive.manifest.company.code;
  if (
    !values.yes &&
    !(await isAgreed(`恢复为公司 ${code}？原有数据另行保留 · restore it as company ${code}? What is there is kept. [y/N] `))
  )
    return 2;
  await restoreCompany(resolve(file), {
    dataFolder: resolve(values.data),
    catalogue,
    code,
    passphrase,
    engine: values.url === undefined ? { kind: 'sqlite' } : { kind: 'postgres', url: values.url },
  });
  console.log(`${code}: 已恢复 · restored`);
  console.log('已批准的设备一并恢复，不必重新批准 · approved devices came along and need not be approved again');
  console.log(
    '此后开出的单号可能与备份之后已打印的单据重复，请核对 · numbers given after the backup was made may come again: compare with the papers',
  );
  if (archive.manifest.tables.some(({ name, rows }) => ['code_secrets', 'recovery_codes'].includes(name) && rows > 0))
    console.log(
      '二次验证：密钥不在备份中，若不是原来的服务器，请逐人执行 · second steps: their key is in no backup; unless this is the same server, reset each person: tradepost unlock --user LOGIN --second-factor',
    );
  return 0;
}

/** What the first line of the named file says. */
function passphraseFrom({ 'passphrase-file': file }: Values): string | undefined {
  if (file === undefined) return undefined;
  const passphrase = readPassphrase(resolve(file));
  if (passphrase === null) throw new Error(`There is no file ${file}`);
  return passphrase;
}

async function status({ data }: Values): Promise<number> {
  const running = await findRunning(resolve(data));
  console.log(
    running
      ? `正在运行 · running: ${running.url}  Tradepost ${running.version}  pid ${running.pid}  ${running.since}`
      : `未运行 · not running (Tradepost ${version})`,
  );
  for (const { code, name, engine } of readRegistry(resolve(data))) console.log(`${code}\t${name}\t${engine.kind}`);
  return running ? 0 : 3;
}

async function setupCode({ data }: Values): Promise<number> {
  const running = await findRunning(resolve(data));
  const isNeeded = running?.setupCode !== undefined && readRegistry(resolve(data)).length === 0;
  console.log(isNeeded ? running.setupCode : running ? '已完成首次设置 · the first set-up is done' : '未运行 · not running');
  return isNeeded ? 0 : 1;
}

async function doctor({ data, port }: Values): Promise<number> {
  let isBad = false;
  for await (const { level, what, advice } of examine(resolve(data), Number(port))) {
    console.log(`${{ good: '✓', warning: '!', bad: '✗' }[level]} ${what}`);
    if (advice) console.log(`    → ${advice}`);
    isBad ||= level === 'bad';
  }
  return isBad ? 1 : 0;
}

/** Asks the server that is running, and does it itself where none is. */
async function unlock(values: Values): Promise<number> {
  if (values['second-factor'] && values.user === undefined) return usage();
  const wish = { company: values.company, user: values.user, ...(values['second-factor'] ? { secondStep: true } : {}) };
  const dataFolder = resolve(values.data);
  // PostgreSQL lets the console in beside a server, which would not hear of it.
  const isShared = readRegistry(dataFolder).some(({ engine }) => engine.kind === 'postgres');
  const asked = isShared ? await askRunningServer(dataFolder, wish, 5_000) : null;
  const done = asked ?? (await unlockHere(dataFolder, wish));
  if (done === null) console.log('服务器没有回应，请停止服务后重试 · the server does not answer: stop it and try again');
  else if (done.length === 0) console.log('没有这个账套 · no such company');
  for (const { company, freed, refusal } of done ?? []) console.log(`${company}: ${freed ? freedText(freed) : refusal}`);
  return done && done.length > 0 && done.every(({ freed }) => freed !== undefined) ? 0 : 1;
}

async function unlockHere(dataFolder: string, wish: UnlockWish): Promise<Unlocked[] | null> {
  let done: Unlocked[] = [];
  try {
    await withCompanies(dataFolder, async (companies) => {
      done = await unlockCompanies(companies.list(), wish);
      return 0;
    });
    return done;
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || refusal.code !== 'database.inUse') throw refusal;
    return askRunningServer(dataFolder, wish, 20_000);
  }
}

const freedText = ({ rules, devices, locks, secondStep }: NonNullable<Unlocked['freed']>): string =>
  [
    ...(rules ? ['地址规则已停用 · address rules switched off'] : []),
    ...(devices ? ['设备审批已停用 · devices are not checked any more'] : []),
    ...(secondStep ? ['二次验证已清除 · second step taken away'] : []),
    `已解除锁定 · locks taken away: ${locks}`,
  ].join('; ');

async function showCertificate({ data }: Values): Promise<number> {
  console.log(describeCertificates(resolve(data)));
  return 0;
}

async function exportCertificate({ data }: Values, [file]: Words): Promise<number> {
  if (!file) return usage();
  exportRoot(resolve(data), file);
  console.log(`${file}: 已导出根证书 · the root certificate is written`);
  return 0;
}

async function importCertificate({ data, key, chain, name }: Values): Promise<number> {
  if (!key || !chain) return usage();
  importCertificates(resolve(data), { key, chain, names: name ?? [] });
  console.log(describeCertificates(resolve(data)));
  console.log('已导入，一分钟内生效；已配对的客户端需重新配对 · imported, shown within a minute; clients that have paired pair again');
  return 0;
}

async function listClients({ data }: Values): Promise<number> {
  console.log(describeClients(resolve(data)));
  return 0;
}

async function addClientFiles({ data }: Values, files: Words): Promise<number> {
  if (files.length === 0) return usage();
  console.log(await addClientsByConsole(resolve(data), files));
  return 0;
}

async function pair({ data }: Values): Promise<number> {
  const { code, until } = await pairByConsole(resolve(data));
  console.log(`${code.slice(0, 5)}-${code.slice(5)}`);
  console.log(`在客户端输入，一次有效，至 ${instantOf(until)} · to be typed at the client, once, until then`);
  return 0;
}

function show({ company, takenAt, version, engine, tables, files, leftOut }: Manifest): void {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  console.log(`${company.code}  ${company.name}  ${takenAt}`);
  console.log(`Tradepost ${version}, ${engine}, ${tables.length} tables, ${rows} rows, ${files.count} files (${megabytes(files.bytes)})`);
  if (files.missing.length > 0) console.log(`缺少的附件 · files missing when it was made: ${files.missing.length}`);
  console.log(`不包含 · not inside: ${leftOut.join(', ')}`);
}

const megabytes = (bytes: number): string => `${(bytes / (1 << 20)).toFixed(1)} MB`;

async function isAgreed(question: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    // Nobody there to answer is a no.
    const nobody = once(lines, 'close').then(() => '');
    return /^(y|yes|是)$/i.test((await Promise.race([lines.question(question), nobody])).trim());
  } finally {
    lines.close();
  }
}

function usage(): number {
  console.log(help);
  return 2;
}

async function createCompany(companies: Companies, values: Values, [code, ...name]: Words): Promise<number> {
  if (!code || name.length === 0 || !values.password) return usage();
  const { login, password } = values;
  const place = { code, name: name.join(' '), timeZone: values['time-zone'] ?? 'Asia/Shanghai', engine: { kind: 'sqlite' } } as const;
  await companies.create(place, (company) =>
    setUpCompany(company, {
      administrator: { login: login ?? 'admin', name: login ?? 'admin', password },
      language: nearestLanguage(values.language),
      currency: values.currency ?? 'CNY',
      taxRate: Math.round(Number(values['tax-rate']) * 10_000),
    }),
  );
  console.log(`${code}: ok`);
  return 0;
}

process.exitCode = await main();
