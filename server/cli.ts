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
import { carriedRoot, rootFateOf } from './backup/serverRoot.ts';
import { exportCertificate, importCertificate, rootFates, rotateCertificate, showCertificate } from './console/certificateCommands.ts';
import { consoleLanguage, helpText } from './console/help.ts';
import { dropOld, keptNames, moveCompany } from './console/migrateEngine.ts';
import { practise, removePractised } from './console/practiceCommands.ts';
import { advanceWishIn, restoreByConsole } from './console/restoreCommand.ts';
import { startServer } from './console/startServer.ts';
import { unlockDoors } from './console/unlockCommand.ts';
import { makeAdministrator, resetPassword, usersOf } from './console/userCommands.ts';
import { proveNumbering } from './features/numbering/proveNumbers.ts';
import { offerFeatures } from './features/offer.ts';
import { proveCompany } from './features/proveCompany.ts';
import { setUpCompany } from './features/setup/setUpCompany.ts';
import { describeExchange, pairByConsole } from './start/certificates.ts';
import { addClientsByConsole, describeClients } from './start/clients.ts';
import { Companies } from './start/companies.ts';
import { examine } from './start/doctor.ts';
import { type Entry, readRegistry } from './start/registry.ts';
import { findRunning } from './start/running.ts';
import { version } from './version.ts';
import type { Company } from './work.ts';

/** The console: the same pieces as the server, without its doors. */
async function main(): Promise<number> {
  // Said alone it means as many as usual, and takes no word after it.
  const args = process.argv.slice(2).map((arg) => (arg === '--advance-numbers' ? `${arg}=auto` : arg));
  const {
    positionals: [first],
  } = parseArgs({ args, allowPositionals: true, strict: false, options });
  if (first === 'start') return startServer(join(import.meta.dirname, 'main.ts'), args.toSpliced(args.indexOf('start'), 1));
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  const [command = 'help', ...words] = positionals;
  const name = ['company', 'certificate', 'clients', 'user'].includes(command) ? `${command} ${words.shift()}` : command;
  const onFile = fileCommands[name];
  const onCompanies = companyCommands[name];
  if (!onFile && !onCompanies) {
    console.log(helpText(consoleLanguage()));
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
  'drop-old': { type: 'boolean', default: false },
  'passphrase-file': { type: 'string' },
  'advance-numbers': { type: 'string' },
  port: { type: 'string', default: '7180' },
  user: { type: 'string' },
  'second-factor': { type: 'boolean', default: false },
  key: { type: 'string' },
  chain: { type: 'string' },
  name: { type: 'string', multiple: true },
  next: { type: 'boolean', default: false },
  days: { type: 'string', default: '60' },
} as const;
type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];
type Words = readonly string[];

const companyCommands: Readonly<Record<string, (companies: Companies, values: Values, words: Words) => Promise<number>>> = {
  prove: proveAll,
  backup: backUpAll,
  'company list': async (companies) => {
    for (const { code, name, store, practice } of companies.list())
      console.log(`${code}\t${name}\t${store.engine}${practice ? '\tpractice' : ''}`);
    return 0;
  },
  'company create': createCompany,
  'company practice': async (companies, _, [code]) => (code ? practise(companies, code, console.log) : usage()),
  'company remove-practice': async (companies, { yes }, [code]) =>
    code
      ? removePractised(companies, code, {
          tell: console.log,
          isAgreed: (question) => (yes ? Promise.resolve(true) : isAgreed(question)),
        })
      : usage(),
  'user list': listUsers,
  'user reset-password': (companies, values, [login]) =>
    forOne(companies, values, login, async (company, name) => {
      console.log(`${company.code}: ${name}\t${await resetPassword(company, name)}`);
      console.log('临时密码，登录后须更改；其会话已全部结束 · temporary, to be changed at the next sign-in; all sessions have ended');
    }),
  'user make-administrator': (companies, values, [login]) =>
    forOne(companies, values, login, async (company, name) => {
      await makeAdministrator(company, name);
      console.log(`${company.code}: ${name} 现为管理员 · is an administrator now`);
    }),
};

const fileCommands: Readonly<Record<string, (values: Values, words: Words) => Promise<number>>> = {
  verify,
  restore,
  status,
  'setup-code': setupCode,
  doctor,
  unlock,
  'migrate-engine': migrateEngine,
  'certificate show': async ({ data }) => showCertificate(resolve(data), console.log),
  'certificate export': async ({ data, next }, [file]) =>
    file ? exportCertificate(resolve(data), { file, isNext: next }, console.log) : usage(),
  'certificate import': async ({ data, key, chain, name = [] }) =>
    key && chain ? importCertificate(resolve(data), { key, chain, names: name }, console.log) : usage(),
  'certificate rotate': async ({ data, days }) =>
    /^\d{1,3}$/.test(days) ? rotateCertificate(resolve(data), Number(days), console.log) : usage(),
  pair,
  'clients list': listClients,
  'clients add': addClientFiles,
};

/** Moves every company, or one, to the engine that is named; with --drop-old it removes what was kept of earlier moves. */
async function migrateEngine(values: Values): Promise<number> {
  const dataFolder = resolve(values.data);
  if (values['drop-old']) return dropKept(dataFolder, values);
  const to = engineOf(values);
  if (!to || !process.argv.includes('--engine')) return usage();
  const open = () => Companies.open({ dataFolder, catalogue, log: pino({ level: 'silent' }), announce: () => {} });
  const codes = readRegistry(dataFolder).filter(({ code, practice }) => (values.company ?? code) === code && !practice);
  if (codes.length === 0) throw new Refusal('company.unknown', { code: values.company ?? '' });
  for (const { code } of codes) {
    const isMoved = await moveCompany({ dataFolder, code, to, open, tell: console.log });
    console.log(isMoved ? `${code}: 已搬迁并核对，旧库保留 · moved and compared, the old database is kept` : `${code}: ${to.kind}`);
  }
  return 0;
}

async function dropKept(dataFolder: string, { yes }: Values): Promise<number> {
  const names = keptNames(dataFolder);
  if (names.length === 0) console.log('没有保留的旧库 · no old database is kept');
  else if (!yes && !(await isAgreed(`删除旧库 ${names.join(', ')}？· remove the old databases for good? [y/N] `))) return 2;
  await dropOld(dataFolder);
  return 0;
}

/** The engine that is meant; null where --engine and --url do not go together. */
function engineOf({ engine, url }: Values): Entry['engine'] | null {
  if (engine === 'postgres') return url === undefined ? null : { kind: 'postgres', url };
  return engine === 'sqlite' && url === undefined ? { kind: 'sqlite' } : null;
}

async function withCompanies(dataFolder: string, run: (companies: Companies) => Promise<number>): Promise<number> {
  const companies = await Companies.open({ dataFolder, catalogue, log: pino({ level: 'silent' }), announce: () => {}, tell: console.log });
  try {
    await companies.settled();
    return Math.max(await run(companies), companies.closed().length > 0 ? 1 : 0);
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
    const findings = [...(await proveCompany(company)), ...(await proveNumbering(company)), ...(await proveAnchor(company, anchor))];
    count += findings.length;
    console.log(`${company.code}: ${findings.length === 0 ? '账实相符 · proven' : `${findings.length} findings`}`);
    for (const { proof, detail } of findings) console.log(`  ${proof}: ${detail}`);
  }
  return count === 0 ? 0 : 1;
}

async function backUpAll(companies: Companies, values: Values): Promise<number> {
  for (const company of meant(companies, values).filter(({ practice }) => !practice)) {
    const made = await backUp(company, { kind: 'manual' });
    console.log(`${company.code}: 备份已检验 · proven  ${made.path}  ${megabytes(made.bytes)}, ${made.rows} rows, ${made.files} files`);
  }
  return 0;
}

async function listUsers(companies: Companies, values: Values): Promise<number> {
  for (const company of meant(companies, values)) {
    for (const { login, name, isEmployed, isAdministrator } of await usersOf(company)) {
      const marks = [...(isAdministrator ? ['管理员 · administrator'] : []), ...(isEmployed ? [] : ['已离职 · left'])];
      console.log([company.code, login, name, ...marks].join('\t'));
    }
  }
  return 0;
}

/** Does something about a person of one company, which has to be named where there are several. */
async function forOne(
  companies: Companies,
  values: Values,
  login: string | undefined,
  run: (company: Company, login: string) => Promise<void>,
): Promise<number> {
  const [company, another] = meant(companies, values);
  if (!company || another || !login) return usage();
  await run(company, login);
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
  const engine = engineOf(values);
  const numbers = advanceWishIn(values['advance-numbers']);
  if (!file || !engine || numbers === null) return usage();
  const passphrase = passphraseFrom(values);
  const archive = await openArchive(resolve(file), passphrase);
  const fate = rootFateOf(resolve(values.data), await carriedRoot(archive).finally(() => archive.close()));
  show(archive.manifest);
  console.log(rootFates[fate]);
  const code = values.company ?? archive.manifest.company.code;
  if (
    !values.yes &&
    !(await isAgreed(`恢复为公司 ${code}？原有数据另行保留 · restore it as company ${code}? What is there is kept. [y/N] `))
  )
    return 2;
  await restoreByConsole(resolve(file), { dataFolder: resolve(values.data), catalogue, code, passphrase, engine, numbers }, console.log);
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
  for (const line of describeExchange(resolve(data))) console.log(line);
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

async function unlock(values: Values): Promise<number> {
  if (values['second-factor'] && values.user === undefined) return usage();
  const wish = { company: values.company, user: values.user, ...(values['second-factor'] ? { secondStep: true } : {}) };
  const dataFolder = resolve(values.data);
  return unlockDoors(dataFolder, wish, { withCompanies: (run) => withCompanies(dataFolder, run), tell: console.log });
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
  console.log(helpText(consoleLanguage()));
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
