import type { Server as HttpServer, IncomingMessage } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import { Server as SocketServer } from 'socket.io';
import { deviceProofSchema } from '../../shared/contracts/deviceSchemas.ts';
import type { ChangeEvent } from '../../shared/contracts/wire.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import type { Verdict } from '../access/addressRules.ts';
import { roomsOf } from '../access/audience.ts';
import { authenticate, type Guest } from '../access/authenticate.ts';
import { isAdmitted } from '../access/devices/knownDevices.ts';
import { proveAgain } from '../access/devices/proveAgain.ts';
import { hasProofLapsed, provableSessions } from '../access/devices/sessionProofs.ts';
import { verdictFor } from '../access/enter.ts';
import { onSafetyChanged } from '../access/safety.ts';
import { endedAmong, onSessionsEnded } from '../access/sessions.ts';
import { clock } from '../clock.ts';
import type { Server } from '../server.ts';
import type { Actor, Announcement, Company } from '../work.ts';
import { desktopOrigin, refuseStrangeHost, refuseStrangeOrigin } from './origin.ts';
import { peerOf } from './peer.ts';
import { noteRefusal } from './refusalTrail.ts';
import { serverNames } from './routes/serverNames.ts';

const watchEveryMs = 60_000;

/**
 * Live news for clients: ids and versions of what changed, to those who may know of it. A client has nothing to say here; it
 * is put into its rooms by the server and fetches what it is told of through the API, rights and all.
 */
export class Sockets {
  readonly #io: SocketServer;
  readonly #pending = new Map<string, Pending>();
  #timer: NodeJS.Timeout | null = null;
  readonly #forget: (() => void)[];
  readonly #server: Server;
  readonly #watch: NodeJS.Timeout;

  constructor(http: HttpServer | HttpsServer, server: Server) {
    this.#server = server;
    this.#io = new SocketServer(http, {
      serveClient: false,
      cors: { origin: desktopOrigin },
      maxHttpBufferSize: 64 * 1024,
      pingInterval: 10_000,
      pingTimeout: 10_000,
      connectionStateRecovery: { maxDisconnectionDuration: 0, skipMiddlewares: false },
      allowRequest: (request, answer) => {
        const refusal = refusalAtDoor(request, server);
        if (refusal) void noteRefusal(server, refusal, { address: peerOf(request, server.trustedProxies), route: 'socket' });
        answer(null, refusal === null);
      },
    });
    this.#io.use((socket, next) => {
      const address = peerOf(socket.request, server.trustedProxies);
      this.#admit(socket.handshake.auth, socket.request, address).then(
        async ({ company, actor, sessionId, isSecondStepDue }) => {
          // A program asks when it wants to know; its token may be taken back without anybody thinking of a socket.
          if (sessionId === undefined) return next(new Error('access.sessionNeeded'));
          if (isSecondStepDue) return next(new Error('access.secondStepDue'));
          socket.data = {
            company: company.code,
            user: actor.viewedBy?.id ?? actor.userId,
            session: sessionId,
            address,
            limits: limitsOf(actor.limits),
            knownDevice: actor.knownDevice,
          };
          await socket.join([
            ...roomsOf(actor, company.catalogue).map((room) => roomIn(company, room)),
            roomIn(company, `session:${sessionId}`),
          ]);
          next();
        },
        (thrown: unknown) => next(new Error(thrown instanceof Refusal ? thrown.code : 'fault')),
      );
    });
    this.#io.on('connection', (socket) => {
      // Nothing is expected from a client; whoever sends something is not one of ours.
      socket.onAny(() => socket.disconnect(true));
    });
    this.#forget = [
      onSessionsEnded((company, sessionIds) => {
        this.signOut(company, sessionIds);
        company.neighbours?.ended(sessionIds);
      }),
      onSafetyChanged((company) => this.#judgeAnew(company).catch((fault: unknown) => server.log.error({ err: fault }, 'sockets'))),
    ];
    this.#watch = setInterval(() => this.closeEnded().catch((fault: unknown) => server.log.error({ err: fault }, 'sockets')), watchEveryMs);
    this.#watch.unref();
  }

  /** Lets a session in; where its device was asked for its key, the proof comes along: a socket may take another way than requests do. */
  async #admit({ token, proof }: Record<string, unknown>, request: IncomingMessage, address: string): Promise<Guest> {
    const server = this.#server;
    const findCompany = (code: string) => server.company(code);
    const authorization = `Bearer ${String(token)}`;
    const shown = deviceProofSchema.safeParse(proof);
    try {
      if (shown.success) {
        const { host, 'user-agent': userAgent } = request.headers;
        await proveAgain(findCompany, { authorization, proof: shown.data, address, userAgent, servers: serverNames(server, host) });
      }
      return await authenticate(findCompany, authorization, address);
    } catch (thrown) {
      const isAboutKey = shown.success || (thrown instanceof Refusal && thrown.code === 'access.proveAgain');
      if (isAboutKey) void noteRefusal(server, thrown, { address, route: 'socket', authorization });
      throw thrown;
    }
  }

  /** Tells the rooms of each change, here and in the other processes, at most every 50 ms, the last version of a record only. */
  announce(company: Company, changes: readonly Announcement[]): void {
    this.#remember(company, changes, true);
  }

  /** Tells the rooms of changes that another process has announced. */
  announceHeard(company: Company, changes: readonly Announcement[]): void {
    this.#remember(company, changes, false);
  }

  #remember(company: Company, changes: readonly Announcement[], isOwn: boolean): void {
    this.#renewRooms(company, changes);
    for (const { type, id, version, rooms } of changes) {
      const key = `${isOwn} ${company.code}|${type}|${id}`;
      const known = this.#pending.get(key);
      const event = { type, id, version: Math.max(version, known?.event.version ?? 0) };
      this.#pending.set(key, { company, event, rooms: new Set([...(known?.rooms ?? []), ...rooms]), isOwn });
    }
    this.#timer ??= setTimeout(() => this.#flush(), 50);
  }

  /** How many clients are connected. */
  count(): number {
    return this.#io.sockets.sockets.size;
  }

  /** Closes every connection of a company: news was missed, and the clients that come back look anew at everything. */
  everybodyAnew(company: Company): void {
    for (const { data, conn } of this.#io.sockets.sockets.values()) if (data.company === company.code) conn.close();
  }

  /** When rights have changed, those concerned lose their connection; their clients come back at once, into the rooms that are theirs now. */
  #renewRooms(company: Company, changes: readonly Announcement[]): void {
    const isForAll = changes.some(({ type }) => type === 'position' || type === 'department');
    const users = new Set(changes.filter(({ type }) => type === 'user').map(({ id }) => id));
    if (!isForAll && users.size === 0) return;
    for (const { data, conn } of this.#io.sockets.sockets.values()) {
      if (data.company === company.code && (isForAll || users.has(data.user))) conn.close();
    }
  }

  /**
   * Closes the sockets of sessions that are over (ended by idling, or by another process that keeps the same company), and of those whose
   * device has to show its key again.
   */
  async closeEnded(): Promise<void> {
    const open = [...this.#io.sockets.sockets.values()].map(({ data }) => data as { company: string; session: number });
    for (const [code, sockets] of Map.groupBy(open, ({ company }) => company)) {
      const company = this.#server.company(code);
      const ids = [...new Set(sockets.map(({ session }) => session))];
      if (!company) continue;
      this.signOut(company, await company.store.read((tx) => endedAmong(tx, ids, clock.now())));
      await this.#closeUnproven(company, ids);
      await this.#judgeAnew(company);
    }
  }

  /** Whoever has the key comes back through the door with it. */
  async #closeUnproven(company: Company, sessionIds: readonly number[]): Promise<void> {
    const sessions = await company.store.read((tx) => provableSessions(tx, sessionIds));
    for (const { data, conn } of [...this.#io.sockets.sockets.values()]) {
      const session = data.company === company.code ? sessions.get(data.session) : undefined;
      if (session && hasProofLapsed(session, data.address, clock.now())) conn.close();
    }
  }

  /** Closes the sockets of those whom the address rules treat otherwise than when they came: they come back through the door, or do not. */
  async #judgeAnew(company: Company): Promise<void> {
    for (const { data, conn } of [...this.#io.sockets.sockets.values()]) {
      if (data.company !== company.code) continue;
      const verdict = await verdictFor(company, data.user, data.address).catch(() => null);
      const isSame =
        verdict &&
        verdict.admission !== 'refuse' &&
        (await isDeviceIn(company, data, verdict)) &&
        limitsOf(verdict.admission === 'limit' ? verdict : undefined) === data.limits;
      if (!isSame) conn.close();
    }
  }

  /** Tells the clients of these sessions that they are over, and closes their sockets. */
  signOut(company: Company, sessionIds: readonly number[]): void {
    const rooms = sessionIds.map((id) => roomIn(company, `session:${id}`));
    if (rooms.length === 0) return;
    this.#io.to(rooms).emit('signedOut');
    this.#io.in(rooms).disconnectSockets(true);
  }

  async close(): Promise<void> {
    clearInterval(this.#watch);
    for (const forget of this.#forget) forget();
    if (this.#timer) clearTimeout(this.#timer);
    await this.#io.close();
  }

  /** Lets go of those who do not take what they are told: it would pile up here. They come back and ask for everything anew. */
  #dropSlow(): void {
    for (const { conn } of [...this.#io.sockets.sockets.values()]) if (waitingBytes(conn) > waitingBytesMax) conn.close(true);
  }

  #flush(): void {
    this.#timer = null;
    this.#dropSlow();
    const batches = new Map<string, Pending[]>();
    for (const pending of this.#pending.values()) {
      const audience = [...pending.rooms].map((room) => roomIn(pending.company, room)).sort();
      const key = `${pending.isOwn} ${audience.join('|')}`;
      batches.set(key, [...(batches.get(key) ?? []), pending]);
    }
    this.#pending.clear();
    for (const batch of batches.values()) {
      const [first] = batch;
      if (!first || first.rooms.size === 0) continue;
      const rooms = [...first.rooms].map((room) => roomIn(first.company, room));
      // A large import is not told record by record: clients read their lists anew.
      const told = batch.slice(0, toldMax);
      for (let start = 0; start < told.length; start += 100) {
        this.#io.to(rooms).emit(
          'changed',
          told.slice(start, start + 100).map(({ event }) => event),
        );
      }
      if (first.isOwn) tellNeighbours(first.company, batch);
    }
  }
}

interface Pending {
  readonly company: Company;
  readonly event: ChangeEvent;
  readonly rooms: ReadonlySet<string>;
  /** Whether this process has made the change, and the others have to hear of it. */
  readonly isOwn: boolean;
}

const toldMax = 500;

function tellNeighbours({ neighbours }: Company, batch: readonly Pending[]): void {
  neighbours?.changed(batch.slice(0, toldMax).map(({ event, rooms }) => ({ ...event, rooms: [...rooms] })));
  // Among those that are not told one by one may be people whose rooms are others now.
  if (batch.slice(toldMax).some(({ event }) => ['user', 'position', 'department'].includes(event.type))) neighbours?.missed();
}

const isDeviceIn = async (company: Company, data: Data, { devicesOnly }: Verdict): Promise<boolean> =>
  !devicesOnly || isAdmitted(company, { device: data.knownDevice, userId: data.user, address: data.address });

interface Data {
  readonly user: number;
  readonly address: string;
  readonly knownDevice?: number;
}
/** What a client that is told of changes may leave lying; to fetch everything anew is cheaper for both then. */
const waitingBytesMax = 1 << 20;

/** What a connection was told and did not take yet; the list is its own, and nothing else tells. */
const waitingBytes = (conn: object): number =>
  (conn as { writeBuffer: readonly { data?: unknown }[] }).writeBuffer.reduce((sum, { data }) => sum + String(data ?? '').length, 0);

/** Limits as a text that can be compared. */
const limitsOf = (limits: Actor['limits']): string => (limits ? `${limits.lookOnly} ${limits.areas?.join() ?? '*'}` : '');

const roomIn = (company: Company, room: string): string => `${company.code}/${room}`;

function refusalAtDoor(request: IncomingMessage, server: Server): unknown {
  try {
    refuseStrangeHost(request, server.hostNames);
    refuseStrangeOrigin(request, server.trustedProxies);
    return null;
  } catch (refusal) {
    return refusal;
  }
}
