import type { Server as HttpServer, RequestListener } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import { flushCompileCache } from 'node:module';
import type { BlockList } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { catalogue } from '../shared/catalogue.ts';
import { instantOf } from '../shared/kernel/days.ts';
import { proveDefinitions } from '../shared/kernel/proveDefinitions.ts';
import { Refusal } from '../shared/kernel/refusal.ts';
import { addressesIn } from './access/addressRules.ts';
import { proposalsIn } from './backup/numbersIn.ts';
import { RestoreDesk } from './backup/restoreDesk.ts';
import { stopBackups } from './backup/running.ts';
import { clock } from './clock.ts';
import { announce } from './discovery/announce.ts';
import { makeDemo } from './features/demo/makeDemo.ts';
import { offerFeatures } from './features/offer.ts';
import { closePrinting } from './features/printing/renderPdf.ts';
import { createApp } from './http/app.ts';
import { openPlainDoor, openSecureDoor, showInstead } from './http/door.ts';
import { writeHeldRefusals } from './http/refusalTrail.ts';
import { routes } from './http/routes/index.ts';
import { Sockets } from './http/sockets.ts';
import { Timetable } from './jobs/timetable.ts';
import type { Server } from './server.ts';
import { addressesOf } from './start/addresses.ts';
import { Companies } from './start/companies.ts';
import { type Flags, readFlags } from './start/flags.ts';
import { createLog } from './start/log.ts';
import { processName, tellRunning, tellStopped } from './start/running.ts';
import { heedUnlockNotes, unlockCompanies } from './start/unlockFile.ts';
import { rootOf, spkiHashOf } from './tls/identity.ts';
import { hostNamesOf } from './tls/names.ts';
import { ShownCertificates } from './tls/shown.ts';
import { newTypedCode } from './tls/typedCode.ts';
import { version } from './version.ts';
import { Health, whileStarting } from './vitals/health.ts';
import { Metrics } from './vitals/metrics.ts';

const screens = fileURLToPath(new URL('../dist/renderer', import.meta.url));

/** Puts the pieces together: log, definitions, doors, companies, sockets; then says where it can be reached. */
async function main(): Promise<void> {
  const flags = readFlags(process.argv.slice(2));
  const log = await createLog(join(flags.data, 'logs'), processName(flags.port));
  const wrong = proveDefinitions(catalogue);
  if (wrong.length > 0) throw new Error(`The definitions do not hold:\n${wrong.join('\n')}`);
  offerFeatures();

  const health = new Health();
  const metrics = flags.metrics ? new Metrics({ token: process.env.TRADEPOST_METRICS_TOKEN || null, version }) : null;
  const certificates = flags.tls ? new ShownCertificates({ dataFolder: flags.data, names: flags.names, log }) : null;
  const answering: { by: RequestListener } = { by: whileStarting(health) };
  const http = openDoor((request, response) => answering.by(request, response), flags, certificates);
  await listen(http, flags.port, flags.host);

  const late: { sockets?: Sockets; timetable?: Timetable } = {};
  const companies = await openCompanies(flags, log, late);
  // A restore that was broken off may have brought another root.
  certificates?.look();
  const server = serverOf(flags, companies, { log, certificates, health, metrics });
  if (flags.demo) await companies.settled();
  const people = flags.demo ? await makeDemo(server, flags.demo) : undefined;
  answering.by = createApp(server, routes, screens);
  const sockets = new Sockets(http, server);
  late.sockets = sockets;
  const kept = server.companies;
  metrics?.watch({ dataFolder: flags.data, companies: kept, sockets: () => sockets.count(), certificate: certificates });
  health.ready(kept);

  const addresses = addressesOf(certificates ? 'https' : 'http', flags.host, flags.port);
  const isEmpty = kept().length + companies.closed().length === 0;
  tellConsole(flags, isEmpty ? server.setupCode : undefined);
  log.info({ port: flags.port, companies: kept().length }, 'ready');
  if (isEmpty) console.log(`首次设置码 · set-up code: ${server.setupCode}`);
  const timetable = new Timetable(kept, log);
  late.timetable = timetable;
  timetable.start();
  const endings = keepLooking(flags.data, companies, log);
  const fallSilent = callOut(flags, certificates, log);
  // Where the environment names a place for it, what was compiled is kept for the next start, however this one will end.
  flushCompileCache();
  if (process.send) process.send({ type: 'ready', addresses, ...(people ? { demo: { people } } : {}) });
  else for (const { url } of addresses) console.log(url);

  const stop = async (): Promise<void> => {
    health.stopping();
    for (const end of endings) end();
    http.close();
    http.closeIdleConnections();
    certificates?.close();
    await sockets.close();
    await Promise.all([timetable.stop(), stopBackups(kept()), fallSilent?.()]);
    await closeCompanies(companies);
    tellStopped(flags.data, flags.port);
    log.info('stopped');
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.once(signal, stop);
  process.on('message', (message) => {
    if ((message as { type?: unknown } | null)?.type === 'stop') void stop();
  });
  if (flags.untilInputEnds) process.stdin.resume().once('end', stop).once('error', stop);
  endOnFaults(log);
}

/** Opens the companies, and does with their news, ours and other processes', what there is to do as soon as somebody listens. */
function openCompanies(flags: Flags, log: Logger, late: { sockets?: Sockets; timetable?: Timetable }): Promise<Companies> {
  return Companies.open({
    dataFolder: flags.data,
    catalogue,
    log,
    announce: (company, changes) => late.sockets?.announce(company, changes),
    tell: (line) => console.log(line),
    heard: {
      changed: (company, changes) => late.sockets?.announceHeard(company, changes),
      ended: (company, sessions) => late.sockets?.signOut(company, sessions),
      missed: (company) => late.sockets?.everybodyAnew(company),
      leads: (company) => {
        log.info({ company: company.code }, 'leads the timetable');
        void late.timetable?.runDue();
      },
    },
  });
}

async function closeCompanies(companies: Companies): Promise<void> {
  await closePrinting();
  for (const company of companies.list()) await writeHeldRefusals(company, true).catch(company.report);
  await companies.close();
}

const newCompaniesEveryMs = 2_000;

/** Looks for notes from the console and for companies that another process has made; gives back how to stop. */
function keepLooking(dataFolder: string, companies: Companies, log: Logger): (() => void)[] {
  const stopHeeding = heedUnlockNotes(
    dataFolder,
    (wish) => unlockCompanies(companies.list(), wish),
    (fault) => log.error({ err: fault }, 'a note from the console could not be followed'),
  );
  const timer = setInterval(
    () => companies.openNew().catch((fault: unknown) => log.error({ err: fault }, 'the registry of companies could not be read')),
    newCompaniesEveryMs,
  );
  timer.unref();
  return [stopHeeding, () => clearInterval(timer)];
}

/** What the doors see: the companies, and what this machine was told at its start. */
function serverOf(
  flags: Flags,
  companies: Companies,
  { log, certificates, health, metrics }: Pick<Server, 'log' | 'health' | 'metrics'> & { certificates: ShownCertificates | null },
): Server {
  const disks = { root: '/', named: flags.copies };
  const trustedProxies = trustedBy(flags);
  return {
    version,
    dataFolder: flags.data,
    catalogue,
    log,
    companies: () => companies.list(),
    company: (code) => companies.find(code),
    closed: () => companies.closed(),
    practices: companies,
    createCompany: (wanted, fill) => companies.create(wanted, fill),
    setupCode: newTypedCode(),
    hostNames: hostNamesOf(flags.names),
    tls: certificates,
    health,
    metrics,
    disks,
    restoreDesk: new RestoreDesk({
      dataFolder: flags.data,
      disks,
      restore: (file, of) => companies.restoreFirst(file, of).finally(() => certificates?.look()),
      numbersIn: (archive) => proposalsIn(archive, { catalogue, now: instantOf(clock.now()) }),
      report: (fault) => log.error({ err: fault }, 'restore'),
    }),
    ...(trustedProxies ? { trustedProxies } : {}),
  };
}

const trustedBy = ({ trustedProxies }: Flags): BlockList | undefined =>
  trustedProxies.length > 0 ? addressesIn(trustedProxies) : undefined;

function tellConsole({ data, host, port, tls }: Flags, setupCode: string | undefined): void {
  // Whatever address it listens on, this machine has it too, unless it was told to keep to another one.
  const own = /^(0\.0\.0\.0|::)$/.test(host) ? '127.0.0.1' : host;
  const url = `${tls ? 'https' : 'http'}://${own.includes(':') ? `[${own}]` : own}:${port}`;
  tellRunning(data, port, { pid: process.pid, version, url, since: instantOf(clock.now()), ...(setupCode ? { setupCode } : {}) });
}

/** What escapes every net is a fault of ours: it is written down and the server starts afresh; nothing half done is kept. */
function endOnFaults(log: Logger): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (fault: unknown) => {
      log.fatal({ err: fault }, event);
      process.exit(70);
    });
  }
}

function openDoor(answer: RequestListener, flags: Flags, certificates: ShownCertificates | null): HttpServer | HttpsServer {
  const trusted = trustedBy(flags);
  if (!certificates) return openPlainDoor(answer, trusted);
  const door = openSecureDoor(answer, { shown: certificates.shown(), hostNames: hostNamesOf(flags.names), trusted });
  certificates.onChange((shown) => showInstead(door, shown));
  return door;
}

/** Calls the server out in the LAN, unless it was told not to; gives what ends that. */
function callOut(flags: Flags, certificates: ShownCertificates | null, log: Logger): (() => Promise<void>) | null {
  const root = () => (certificates ? spkiHashOf(rootOf(certificates.shown())) : null);
  return flags.announces ? announce({ host: flags.host, port: flags.port, names: flags.names, root, log }) : null;
}

function listen(http: HttpServer | HttpsServer, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, host, () => resolve());
  });
}

main().catch((fault: unknown) => {
  const isTaken = (fault as NodeJS.ErrnoException | null)?.code === 'EADDRINUSE';
  const message =
    fault instanceof Refusal ? `${fault.code} ${JSON.stringify(fault.facts)}` : String((fault as Error | null)?.stack ?? fault);
  process.send?.({
    type: 'failed',
    reason: isTaken ? 'portTaken' : 'fault',
    message,
    ...(isTaken ? { port: readFlags(process.argv.slice(2)).port } : {}),
  });
  console.error(message);
  process.exitCode = 1;
  setTimeout(() => process.exit(1), 200);
});
