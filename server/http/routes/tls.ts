import { pairingGreeting, pairingProof } from '../../../shared/contracts/pairing.ts';
import { instantOf } from '../../../shared/kernel/days.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { clock } from '../../clock.ts';
import type { Server } from '../../server.ts';
import { newPairingCode } from '../../tls/pairing.ts';
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
    method: 'post',
    path: '/api/pairing',
    access: { right: 'settings.change' },
    summary: 'Make a code with which one desktop client pairs within ten minutes',
    handle: async ({ server, actor }) => {
      tlsOf(server);
      const { code, until } = newPairingCode(server.dataFolder, clock.now());
      server.log.info({ by: actor.userId }, 'pairing code made');
      return { json: { code, until: instantOf(until) }, status: 201 };
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

/** Refuses 'certificate.none' while the server speaks without TLS. */
function tlsOf({ tls }: Server): NonNullable<Server['tls']> {
  if (!tls) throw new Refusal('certificate.none');
  return tls;
}
