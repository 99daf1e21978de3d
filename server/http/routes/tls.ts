import { isIP } from 'node:net';
import { type PairingPageAnswer, pairingGreeting, pairingProof } from '../../../shared/contracts/pairing.ts';
import type { RootExchange, RootSuccessor, RootSuccessorAnswer } from '../../../shared/contracts/rootSuccession.ts';
import { instantOf } from '../../../shared/kernel/days.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { clock } from '../../clock.ts';
import { writeAudit } from '../../engine/audit.ts';
import { transact } from '../../engine/transact.ts';
import type { Server } from '../../server.ts';
import { leafOf, namesIn, rootOf } from '../../tls/identity.ts';
import { newPairingCode, pairingState, stopPairing } from '../../tls/pairing.ts';
import type { Succession } from '../../tls/succession.ts';
import type { Work } from '../../work.ts';
import { route } from '../route.ts';

export const tlsRoutes = [
  route({
    method: 'get',
    path: '/api/root-certificate',
    access: 'open',
    summary: 'The root certificate of this server, for the store of a browser or a computer',
    handle: async ({ server }) => ({
      bytes: Buffer.from(tlsOf(server).shown().chain.at(-1) ?? ''),
      mediaType: 'application/x-x509-ca-cert',
      fileName: 'tradepost-root.crt',
    }),
  }),
  route({
    method: 'get',
    path: '/api/root-certificate/next',
    access: 'open',
    summary: 'The root certificate that is shown from a day to come, for the store of a browser or a computer',
    handle: async ({ server }) => ({
      bytes: Buffer.from(comingOf(server).certificate),
      mediaType: 'application/x-x509-ca-cert',
      fileName: 'tradepost-root-next.crt',
    }),
  }),
  route({
    method: 'get',
    path: '/api/root-certificate/successor',
    access: 'open',
    summary: 'What follows upon the root of this server, signed by it, for desktop clients that have pinned it',
    handle: async ({ server }) => {
      tlsOf(server);
      return { json: { successor: coming(server) } satisfies RootSuccessorAnswer };
    },
  }),
  route({
    method: 'post',
    path: '/api/pairing',
    access: { right: 'settings.change' },
    summary: 'Make a code with which one desktop client pairs within ten minutes',
    handle: async ({ server, company, actor }) => {
      tlsOf(server);
      const { code, until } = newPairingCode(server.dataFolder, clock.now());
      await transact(company, actor, (work) => note(work, 'started'));
      return { json: { code, until: instantOf(until) }, status: 201 };
    },
  }),
  route({
    method: 'get',
    path: '/api/pairing',
    access: { right: 'settings.change' },
    summary: 'How it stands with pairing: the code that waits, where clients reach the server, the fingerprint of its root',
    handle: async ({ server, header }) => ({ json: pairingPage(server, header('host') ?? '') }),
  }),
  route({
    method: 'delete',
    path: '/api/pairing',
    access: { right: 'settings.change' },
    summary: 'Take back the code that waits for a client',
    handle: async ({ server, company, actor, header }) => {
      tlsOf(server);
      if (stopPairing(server.dataFolder, clock.now())) await transact(company, actor, (work) => note(work, 'stopped'));
      return { json: pairingPage(server, header('host') ?? '') };
    },
  }),
  route({
    method: 'post',
    path: '/api/pairing/greeting',
    access: 'open',
    summary: 'Begin to pair: the nonce of the client against that of the server',
    body: pairingGreeting,
    handle: async ({ server, body }) => ({ json: tlsOf(server).pairing.greet(body.clientNonce) }),
  }),
  route({
    method: 'post',
    path: '/api/pairing/proof',
    access: 'open',
    summary: 'Pair: the proof of the client against that of the server',
    body: pairingProof,
    handle: async ({ server, body, address }) => {
      const proof = await tlsOf(server).pairing.prove(body.serverNonce, body.proof);
      server.log.info({ address }, 'a client has paired');
      return { json: { proof } };
    },
  }),
];

const note = (work: Work, pairing: 'started' | 'stopped'): Promise<void> =>
  writeAudit(work, { action: 'setting', type: 'setting', recordId: 0, changes: { pairing } });

function pairingPage({ tls, dataFolder }: Server, host: string): PairingPageAnswer {
  if (!tls) return { isSecure: false };
  const shown = tls.shown();
  const { hostname, port } = new URL(`https://${host}`);
  // Names of this machine itself mean another one to a client.
  const others = namesIn(leafOf(shown)).filter((name) => !/^(127\.|::1|localhost$)/.test(name) && !name.includes(':'));
  const own = others.includes(hostname) ? [hostname] : [];
  const sorted = [...new Set([...own, ...others.filter((name) => isIP(name) > 0), ...others])];
  return {
    isSecure: true,
    pairing: pairingState(dataFolder, clock.now()),
    addresses: sorted.slice(0, 8).map((name) => `https://${name}${port === '' ? '' : `:${port}`}`),
    fingerprint: rootOf(shown).fingerprint256,
    exchange: exchangeOf(tls.succession()),
  };
}

const exchangeOf = (succession: Succession | null): RootExchange | null =>
  succession?.phase === 'handingOut' ? { until: succession.told.until, fingerprint: rootOf(succession.successor).fingerprint256 } : null;

/** The root that follows upon the one that is shown; null when none does. */
function coming({ tls }: Server): RootSuccessor | null {
  const succession = tls?.succession();
  return succession?.phase === 'handingOut' ? succession.told : null;
}

/** Refuses 'certificate.none' and 'certificate.noSuccessor'. */
function comingOf(server: Server): RootSuccessor {
  tlsOf(server);
  const found = coming(server);
  if (!found) throw new Refusal('certificate.noSuccessor');
  return found;
}

/** Refuses 'certificate.none' while the server speaks without TLS. */
function tlsOf({ tls }: Server): NonNullable<Server['tls']> {
  if (!tls) throw new Refusal('certificate.none');
  return tls;
}
