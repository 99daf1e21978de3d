import { describe, expect, test } from 'vitest';
import { answer, type Computer, questions, Refused } from '../../app/main/answers.ts';
import { electronPrintOptions, lpArguments } from '../../app/main/printJobs.ts';
import type { PrintJob } from '../../app/preload/bridge.ts';
import { channels } from '../../app/preload/channels.ts';

const ours = { url: 'app://tradepost/index.html', isMain: true };
const pdf = new TextEncoder().encode('%PDF-1.7 …');
const job: PrintJob = { printer: 'HP LaserJet 201', pdf, copies: 2, paperTenthMm: { width: 2410, height: 1397 } };

const question = { purpose: 'signIn', company: 'demo', login: 'wang', challenge: 'A'.repeat(43) };

/** A computer that notes what it was asked to do. */
function computer(): Computer & { done: unknown[] } {
  const done: unknown[] = [];
  return {
    done,
    knownServers: () => ['http://a:7180'],
    discoverServers: async () => [{ name: 'shop', server: 'https://192.168.1.10:7180' }],
    tryServer: async (typed, code, fingerprint) => {
      if (typed === 'secure')
        return code === 'ABCDE-FGH23' || fingerprint === '12AB 34CD'
          ? { ok: true, server: 'https://secure:7180' }
          : { ok: false, problem: 'needsCode' };
      return typed === 'good' ? { ok: true, server: 'http://good:7180' } : { ok: false, problem: 'noAnswer' };
    },
    pair: async (server) => void done.push(['pair', server]),
    signAsDevice: ({ challenge }) => {
      done.push(['sign', challenge]);
      return { key: 'key', challenge, server: 'host a', signature: 'signed', machine: '' };
    },
    keepToken: (token) => void done.push(['token', token]),
    listPrinters: async () => [{ name: 'HP', title: 'HP', main: true }],
    print: async ({ printer }) => {
      done.push(['print', printer]);
      return { ok: true };
    },
    openOutside: async (address) => void done.push(['open', address]),
  };
}

describe('the bridge', () => {
  test('answers a page of ours', async () => {
    const here = computer();
    expect(await answer(here, { channel: channels.findServers, frame: ours, args: [] })).toEqual(['http://a:7180']);
    expect(await answer(here, { channel: channels.printPdf, frame: ours, args: [job] })).toEqual({ ok: true });
    expect(await answer(here, { channel: channels.listPrinters, frame: ours, args: [] })).toHaveLength(1);
    expect(await answer(here, { channel: channels.signAsDevice, frame: ours, args: [question] })).toMatchObject({ signature: 'signed' });
    await answer(here, { channel: channels.keepToken, frame: ours, args: ['main.abc'] });
    await answer(here, { channel: channels.keepToken, frame: ours, args: [null] });
    await answer(here, { channel: channels.forgetServer, frame: ours, args: [] });
    expect(here.done).toEqual([
      ['print', 'HP LaserJet 201'],
      ['sign', question.challenge],
      ['token', 'main.abc'],
      ['token', null],
      ['pair', null],
    ]);
  });

  test('pairs with a server that answered, and with no other', async () => {
    const here = computer();
    expect(await answer(here, { channel: channels.useServer, frame: ours, args: ['bad'] })).toEqual({ ok: false, problem: 'noAnswer' });
    expect(await answer(here, { channel: channels.useServer, frame: ours, args: ['good'] })).toEqual({
      ok: true,
      server: 'http://good:7180',
    });
    expect(here.done).toEqual([['pair', 'http://good:7180']]);
  });

  test('pairs with a server that needs a code only when the code is right', async () => {
    const here = computer();
    const use = (...args: unknown[]) => answer(here, { channel: channels.useServer, frame: ours, args });
    expect(await use('secure')).toEqual({ ok: false, problem: 'needsCode' });
    expect(await use('secure', 'AAAAA-AAAAA')).toEqual({ ok: false, problem: 'needsCode' });
    expect(here.done).toEqual([]);
    expect(await use('secure', 'ABCDE-FGH23')).toEqual({ ok: true, server: 'https://secure:7180' });
    expect(here.done).toEqual([['pair', 'https://secure:7180']]);
    expect(await use('secure', undefined, '12AB 34CD')).toEqual({ ok: true, server: 'https://secure:7180' });
  });

  test('opens web and mail addresses, and says when it does not', async () => {
    const here = computer();
    expect(await answer(here, { channel: channels.openOutside, frame: ours, args: ['https://example.com'] })).toBe(true);
    expect(await answer(here, { channel: channels.openOutside, frame: ours, args: ['file:///etc/passwd'] })).toBe(false);
    expect(here.done).toEqual([['open', 'https://example.com/']]);
  });

  test.each([
    ['a foreign page', { url: 'https://evil.example/', isMain: true }],
    ['a frame inside our page', { url: 'app://tradepost/index.html', isMain: false }],
    ['a preview in a frame', { url: 'blob:app://tradepost/1', isMain: false }],
    ['a frame that is gone', null],
  ])('answers nothing to %s', async (_who, frame) => {
    for (const channel of questions) await expect(answer(computer(), { channel, frame, args: [] })).rejects.toThrow(Refused);
  });

  test.each<[string, (typeof questions)[number], unknown[]]>([
    ['a token that is no text', channels.keepToken, [42]],
    ['a token of ten megabytes', channels.keepToken, ['x'.repeat(10_000_000)]],
    ['a token with a line break', channels.keepToken, ['a\r\nX: 1']],
    ['an address of ten megabytes', channels.useServer, ['x'.repeat(10_000_000)]],
    ['an address that is an object', channels.useServer, [{ toString: 'x' }]],
    ['a code of a thousand characters', channels.useServer, ['secure', 'x'.repeat(1000)]],
    ['a fingerprint of a thousand characters', channels.useServer, ['secure', undefined, 'a'.repeat(1000)]],
    ['a code that is a number', channels.useServer, ['secure', 12345]],
    ['a question to the device for another purpose', channels.signAsDevice, [{ ...question, purpose: 'pay' }]],
    ['a question to the device with more lines than one', channels.signAsDevice, [{ ...question, login: 'a\nroot x' }]],
    ['a question to the device that no server asks', channels.signAsDevice, [{ ...question, challenge: 'x' }]],
    ['one argument too many', channels.findServers, ['x']],
    ['one argument too few', channels.openOutside, []],
    ['a print job that is no PDF', channels.printPdf, [{ ...job, pdf: new TextEncoder().encode('<html>') }]],
    ['a print job without paper', channels.printPdf, [{ ...job, paperTenthMm: undefined }]],
    ['paper of no size', channels.printPdf, [{ ...job, paperTenthMm: { width: 0, height: 1 } }]],
    ['a printer whose name is an option', channels.printPdf, [{ ...job, printer: '-o raw' }]],
    ['a thousand copies', channels.printPdf, [{ ...job, copies: 1000 }]],
    ['a print job with something extra', channels.printPdf, [{ ...job, silent: false }]],
  ])('refuses %s', async (_what, channel, args) => {
    const here = computer();
    await expect(answer(here, { channel, frame: ours, args })).rejects.toThrow(Refused);
    expect(here.done).toEqual([]);
  });

  test('answers every question but the one that is asked before the page is there', () => {
    expect([...questions, channels.begin].sort()).toEqual(Object.values(channels).sort());
  });
});

describe('a print job', () => {
  test('names printer, paper and no scaling to the print program', () => {
    expect(lpArguments(job, 'document.pdf')).toEqual([
      '-d',
      'HP LaserJet 201',
      '-n',
      '2',
      '-o',
      'media=Custom.241x139.7mm',
      '-o',
      'print-scaling=none',
      '--',
      'document.pdf',
    ]);
  });

  test('names its paper in micrometres where Electron prints, so that A4 is never assumed', () => {
    expect(electronPrintOptions(job)).toMatchObject({
      silent: true,
      deviceName: 'HP LaserJet 201',
      copies: 2,
      pageSize: { width: 241_000, height: 139_700 },
      margins: { marginType: 'none' },
      scaleFactor: 100,
    });
  });
});
