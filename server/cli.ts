import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import pino from 'pino';
import { catalogue } from '../shared/catalogue.ts';
import { systemActor } from './access/rights.ts';
import { Companies } from './companies.ts';
import { proveAudit } from './engine/audit.ts';
import { look } from './engine/transact.ts';
import { offerFeatures } from './features/offer.ts';
import { proveFlows } from './ledger/proveFlows.ts';
import { type Finding, proveLedgers } from './ledger/prove.ts';
import type { Company } from './work.ts';

const help = `tradepost <command> [--data DIR] [--company CODE]

  prove    proves ledgers, document flows and the audit chain of every company; exit code 1 when something is wrong
`;

/** The console: the same pieces as the server, without its doors. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { data: { type: 'string', default: 'data' }, company: { type: 'string' } },
  });
  if (positionals[0] !== 'prove') {
    console.log(help);
    return positionals[0] === undefined || positionals[0] === 'help' ? 0 : 2;
  }
  offerFeatures();
  const companies = await Companies.open({ dataFolder: resolve(values.data), catalogue, log: pino({ level: 'silent' }), announce: () => {} });
  try {
    let count = 0;
    for (const company of companies.list().filter((known) => values.company === undefined || known.code === values.company)) {
      const findings = await prove(company);
      count += findings.length;
      console.log(`${company.code}: ${findings.length === 0 ? '账实相符 · proven' : `${findings.length} findings`}`);
      for (const { proof, detail } of findings) console.log(`  ${proof}: ${detail}`);
    }
    return count === 0 ? 0 : 1;
  } finally {
    await companies.close();
  }
}

/** Everything that can be proven about a company, on one snapshot. */
function prove(company: Company): Promise<Finding[]> {
  return look(company, systemActor(company), async (work) => [...(await proveLedgers(work)), ...(await proveFlows(work)), ...(await proveAudit(work))]);
}

process.exitCode = await main();
