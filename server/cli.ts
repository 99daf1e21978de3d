import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import pino from 'pino';
import { catalogue } from '../shared/catalogue.ts';
import { nearestLanguage } from '../shared/language/languages.ts';
import { systemActor } from './access/rights.ts';
import { proveAudit } from './engine/audit.ts';
import { look } from './engine/transact.ts';
import { offerFeatures } from './features/offer.ts';
import { proveOnOrder } from './features/purchase/proveOnOrder.ts';
import { setUpCompany } from './features/setup/setUpCompany.ts';
import { type Finding, proveLedgers } from './ledger/prove.ts';
import { proveFlows } from './ledger/proveFlows.ts';
import { Companies } from './start/companies.ts';
import type { Company } from './work.ts';

const help = `tradepost <command> [--data DIR] [--company CODE]

  prove                     proves ledgers, document flows and the audit chain of every company; exit code 1 when something is wrong
  company list              the companies of this server
  company create CODE NAME  a further company (账套) with its own database, files and users
                            --login LOGIN --password PASSWORD [--language zh-CN] [--currency CNY] [--tax-rate 13]

The server must be stopped: a data folder has one master.
`;

/** The console: the same pieces as the server, without its doors. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
  const [command = 'help', ...words] = positionals;
  const run = commands[command === 'company' ? `company ${words.shift()}` : command];
  if (!run) {
    console.log(help);
    return command === 'help' ? 0 : 2;
  }
  offerFeatures();
  const companies = await Companies.open({
    dataFolder: resolve(values.data),
    catalogue,
    log: pino({ level: 'silent' }),
    announce: () => {},
  });
  try {
    return await run(companies, values, words);
  } finally {
    await companies.close();
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
} as const;
type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];

const commands: Readonly<Record<string, (companies: Companies, values: Values, words: readonly string[]) => Promise<number>>> = {
  prove: proveAll,
  'company list': async (companies) => {
    for (const { code, name, store } of companies.list()) console.log(`${code}\t${name}\t${store.engine}`);
    return 0;
  },
  'company create': createCompany,
};

async function proveAll(companies: Companies, values: Values): Promise<number> {
  let count = 0;
  for (const company of companies.list().filter((known) => values.company === undefined || known.code === values.company)) {
    const findings = await prove(company);
    count += findings.length;
    console.log(`${company.code}: ${findings.length === 0 ? '账实相符 · proven' : `${findings.length} findings`}`);
    for (const { proof, detail } of findings) console.log(`  ${proof}: ${detail}`);
  }
  return count === 0 ? 0 : 1;
}

async function createCompany(companies: Companies, values: Values, [code, ...name]: readonly string[]): Promise<number> {
  if (!code || name.length === 0 || !values.password) {
    console.log(help);
    return 2;
  }
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

/** Everything that can be proven about a company, on one snapshot. */
function prove(company: Company): Promise<Finding[]> {
  return look(company, systemActor(company), async (work) => [
    ...(await proveLedgers(work)),
    ...(await proveFlows(work)),
    ...(await proveOnOrder(work)),
    ...(await proveAudit(work)),
  ]);
}

process.exitCode = await main();
