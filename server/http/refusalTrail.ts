import { Refusal } from '../../shared/kernel/refusal.ts';
import { authenticate } from '../access/authenticate.ts';
import { concernOf } from '../access/concern.ts';
import { systemActor } from '../access/rights.ts';
import { sessionOfToken } from '../access/sessions.ts';
import { clock } from '../clock.ts';
import { type Deed, writeAudit } from '../engine/audit.ts';
import { transact } from '../engine/transact.ts';
import { awaitProof } from '../features/devices/unprovenSessions.ts';
import { askForMoreRows } from '../features/handOuts/noteExport.ts';
import type { Server } from '../server.ts';
import type { Actor, Company } from '../work.ts';
import { isAudited } from './auditedRefusals.ts';
import { type Held, RefusalTally } from './refusalTally.ts';
import { idPart } from './routes/queryParts.ts';

/** A request that was refused: where it came from, where it went, and who was asking as far as that was found out. */
export interface Refused {
  readonly address: string;
  /** Method and pattern, `get /api/records/:type/:id`: never the path as called, which may hold anything. */
  readonly route: string;
  readonly authorization?: string | undefined;
  readonly company?: Company | undefined;
  readonly actor?: Actor | undefined;
  readonly type?: string | undefined;
  readonly id?: string | number | undefined;
}

/**
 * Writes a refused request into the audit trail of the company concerned, in a transaction of its own, when it is one of those
 * that are kept (see `isAudited`) and its kind is not flooding in; a session whose device has to show its key, when it does not (see `awaitProof`). The line says who, from where, which door, which record and
 * which refusal; bodies, passwords and tokens stay out. A session that has ended leaves one line, however often its client
 * asks. Never throws: that nothing could be written changes nothing about the refusal.
 */
export async function noteRefusal(server: Server, thrown: unknown, refused: Refused): Promise<void> {
  if (!(thrown instanceof Refusal)) return;
  try {
    if (thrown.code === 'access.signedOut') await noteSignedOut(server, thrown, refused);
    else if (thrown.code === 'access.proveAgain') noteUnproven(server, thrown, refused);
    else if (isAudited(thrown)) await noteKept(server, thrown, refused);
    if (thrown.code === 'export.dayLimit') await tellOfLimit(thrown, refused);
  } catch (fault) {
    server.log.warn({ err: fault, code: thrown.code, route: refused.route }, 'a refusal could not be written into the audit trail');
  }
}

/** A limit that only administrators can lift reaches them by itself. */
async function tellOfLimit(refusal: Refusal, { company, actor }: Refused): Promise<void> {
  if (company && actor) await transact(company, systemActor(company), (work) => askForMoreRows(work, actor, refusal.facts));
}

/** Writes what was held back, when it is due or, before the server stops, all of it. */
export async function writeHeldRefusals(company: Company, all = false): Promise<void> {
  const trail = trails.get(company);
  if (all && trail?.timer) clearTimeout(trail.timer);
  for (const { deed, count } of trail?.tally.take(clock.now(), all) ?? []) await write(company, deed, count);
  if (trail && !all) plan(company, trail);
}

interface Line {
  readonly actor: Actor;
  readonly deed: Deed & { readonly changes: Readonly<Record<string, unknown>> };
}

interface Trail {
  readonly tally: RefusalTally<Line>;
  readonly log: Server['log'];
  timer: NodeJS.Timeout | null;
}

const trails = new WeakMap<Company, Trail>();

async function noteKept(server: Server, refusal: Refusal, refused: Refused): Promise<void> {
  const concern = concernOf(refusal);
  const guest = refused.actor ? null : await guestOf(server, refused);
  const company = refused.company ?? guest?.company ?? concern?.company ?? companyNamed(server, refused);
  if (!company) {
    server.log.warn({ code: refusal.code, route: refused.route, address: refused.address }, 'refused');
    return;
  }
  const actor = refused.actor ?? guest?.actor ?? strangerAt(company, refused.address);
  const who = actor.userId > 0 ? `person ${actor.userId}` : `address ${refused.address}`;
  const line = { actor, deed: deedOf(company, refusal, { ...refused, ...(concern ? { type: concern.type, id: concern.id } : {}) }) };
  await keep(server, company, `${who} ${refusal.code}`, line);
}

/** Honest clients are asked for their key as well: it is a matter for the trail when none is shown. */
function noteUnproven({ log }: Server, refusal: Refusal, { address, route }: Refused): void {
  const concern = concernOf(refusal);
  if (concern) awaitProof(concern.company, { session: concern.id, address, route }, log);
}

/** One line for each session that has ended; tokens that nobody ever had are guesses, counted by address. */
async function noteSignedOut(server: Server, refusal: Refusal, refused: Refused): Promise<void> {
  const token = tokenIn(refused);
  const company = token === null ? undefined : companyNamed(server, refused);
  if (!company || token === null) return;
  const session = await company.store.read((tx) => sessionOfToken(tx, token));
  if (!session) return keep(server, company, `address ${refused.address} ${refusal.code}`, strangersLine(company, refusal, refused));
  const where = { action: 'refused', type: 'session', record_id: session.id };
  const told = await company.store.read((tx) => tx('audit').where(where).where('changes', 'like', '%"access.signedOut"%').first('seq'));
  if (told) return;
  const actor = { ...strangerAt(company, refused.address), userId: session.user };
  const line = { actor, deed: { ...deedOf(company, refusal, refused), type: 'session', recordId: session.id } };
  await keep(server, company, `session ${session.id}`, line);
}

const strangersLine = (company: Company, refusal: Refusal, refused: Refused): Line => ({
  actor: strangerAt(company, refused.address),
  deed: deedOf(company, refusal, { ...refused, type: undefined, id: undefined }),
});

async function keep({ log }: Server, company: Company, kind: string, line: Line): Promise<void> {
  const trail = trails.get(company) ?? { tally: new RefusalTally<Line>(), log, timer: null };
  trails.set(company, trail);
  if (trail.tally.admit(kind, line, clock.now())) await write(company, line);
  else plan(company, trail);
}

async function write(company: Company, { actor, deed }: Line, count?: Held<Line>['count']): Promise<void> {
  const changes = count === undefined ? deed.changes : { ...deed.changes, count };
  await transact(company, inOwnName(actor), (work) => writeAudit(work, { ...deed, changes }));
}

/** What is refused to somebody who looks in another's name stands under their own. */
function inOwnName({ viewedBy, ...actor }: Actor): Actor {
  return viewedBy ? { ...actor, userId: viewedBy.id, name: viewedBy.name } : actor;
}

/** The timer keeps no process alive and is set again as long as something waits. */
function plan(company: Company, trail: Trail): void {
  const dueMs = trail.tally.nextDueMs();
  if (dueMs === null || trail.timer) return;
  trail.timer = setTimeout(
    () => {
      trail.timer = null;
      // Nobody waits for it: a company that was closed meanwhile has no trail to write to.
      writeHeldRefusals(company).catch((fault: unknown) =>
        trail.log.warn({ err: fault }, 'refusals that were counted could not be written'),
      );
    },
    Math.max(1000, dueMs - clock.now()),
  );
  trail.timer.unref();
}

function deedOf(company: Company, refusal: Refusal, refused: Refused): Line['deed'] {
  const isRecord = refused.type !== undefined && company.catalogue.find(refused.type) !== undefined;
  const id = idPart.safeParse(String(refused.id ?? ''));
  const wanted = refusal.facts.right ?? refusal.facts.operation ?? refusal.facts.step;
  return {
    action: 'refused',
    type: isRecord ? String(refused.type) : 'request',
    recordId: isRecord && id.success ? id.data : 0,
    changes: { code: refusal.code, route: refused.route, ...(typeof wanted === 'string' && wanted.length <= 60 ? { wanted } : {}) },
  };
}

/** Nobody is known yet: the line stands under no name, with the address it came from. */
const strangerAt = (company: Company, address: string): Actor => ({ ...systemActor(company), address });

/** A request can be refused before anybody asked who sent it (too large, of a strange origin). */
async function guestOf(server: Server, { authorization, address }: Refused): Promise<{ company: Company; actor: Actor } | null> {
  if (authorization === undefined) return null;
  try {
    return await authenticate((code) => server.company(code), authorization, address);
  } catch (refusal) {
    if (refusal instanceof Refusal) return null;
    throw refusal;
  }
}

const tokenIn = ({ authorization }: Refused): string | null => /^Bearer ([\w-]{1,60}\.[\w-]{43})$/i.exec(authorization ?? '')?.[1] ?? null;

/** The company a token names, or the only one this server has. */
function companyNamed(server: Server, refused: Refused): Company | undefined {
  const token = tokenIn(refused);
  const named = token === null ? undefined : server.company(token.replace(/^t[pv]_/, '').split('.')[0] ?? '');
  const all = server.companies();
  return named ?? (all.length === 1 ? all[0] : undefined);
}
