import type { UiWords } from '../words.ts';

/** Pairing: how a desktop client comes to know the server. */
export const pairing: UiWords['pairing'] = {
  title: 'Pairing clients',
  help: 'At its first connection a desktop client comes to know this server. Make a code and type address and code at the new computer; a barcode scanner reads both from the picture.',
  noTls:
    'The server speaks without encryption, so there is nothing to pair with. Start it with --tls on, so that nobody in the network reads along.',
  start: 'Make a pairing code',
  another: 'Make another code',
  stop: 'Stop',
  code: 'Pairing code',
  left: '{{minutes}} min {{seconds}} s left, good for one client',
  guesses: 'Typed wrongly: {{count}} more tries',
  address: 'Address of the server',
  picture: 'Picture of address and code',
  states: {
    none: 'There is no pairing code now.',
    used: 'A client has paired with the code, {{at}}.',
    stopped: 'The code was stopped, {{at}}.',
    expired: 'The code ran out unused, {{at}}.',
    void: 'The code was typed wrongly five times and is void. Find out who it was.',
  },
  exchange: 'The certificate is being exchanged until {{until}}',
  exchangeHelp:
    'Desktop clients that connect once until then know the new one by themselves; others pair anew. Browsers warn from then on unless the new root certificate is in the store of the computer:',
  exchangeFile: 'Root certificate from then on',
  fingerprint: 'Fingerprint of the certificate',
  fingerprintHelp:
    'The second way, where a code cannot be used: choose “Use the fingerprint instead” at the client and type the first 16 characters (4 groups); the client compares them.',
};
