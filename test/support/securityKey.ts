import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

/** A security key (FIDO2, P-256, no attestation) as the browser speaks for it; `counter` can be set back, as that of a copy would be. */
export class SecurityKey {
  counter = 0;
  readonly id = randomBytes(16);
  readonly #pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });

  /** Answers the question of a server that wants to keep this key. */
  register({ challenge, rp }: { challenge: string; rp: { id?: string } }, origin: string): object {
    const jwk = this.#pair.publicKey.export({ format: 'jwk' });
    const [x, y] = [jwk.x, jwk.y].map((part) => Buffer.from(part ?? '', 'base64url'));
    // CBOR by hand: {1: 2, 3: -7, -1: 1, -2: x, -3: y}, the public key of ES256.
    const head = Buffer.from('a5010203262001', 'hex');
    const cose = Buffer.concat([head, Buffer.from('215820', 'hex'), x ?? head, Buffer.from('225820', 'hex'), y ?? head]);
    const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, this.id.length]), this.id, cose]);
    const data = Buffer.concat([this.#data(rp.id ?? '', 0x41), attested]);
    // {"fmt": "none", "attStmt": {}, "authData": data}
    const start = Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746158', 'hex');
    const attestationObject = text(Buffer.concat([start, Buffer.from([data.length]), data]));
    const clientDataJSON = text(clientData('webauthn.create', challenge, origin));
    return { ...this.#frame(), response: { clientDataJSON, attestationObject, transports: ['usb'] } };
  }

  /** Signs what a server asks at signing in. */
  answer({ challenge, rpId }: { challenge: string; rpId?: string }, origin: string): object {
    this.counter += 1;
    const data = this.#data(rpId ?? '', 0x01);
    const client = clientData('webauthn.get', challenge, origin);
    const signature = sign('sha256', Buffer.concat([data, sha256(client)]), this.#pair.privateKey);
    return {
      ...this.#frame(),
      response: { clientDataJSON: text(client), authenticatorData: text(data), signature: text(signature) },
    };
  }

  #data(host: string, flags: number): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.counter);
    return Buffer.concat([sha256(Buffer.from(host)), Buffer.from([flags]), counter]);
  }

  #frame() {
    return { id: text(this.id), rawId: text(this.id), type: 'public-key', clientExtensionResults: {} };
  }
}

const clientData = (type: string, challenge: string, origin: string): Buffer =>
  Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
