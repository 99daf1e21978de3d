import { z } from 'zod';
import { challengeSchema } from '../../shared/contracts/deviceSchemas.ts';
import type { DeviceProof, DeviceQuestion } from '../../shared/contracts/devices.ts';
import type { ConnectAnswer, FoundServer, PrintAnswer, Printer, PrintJob } from '../preload/bridge.ts';
import { type Channel, channels } from '../preload/channels.ts';
import { isOwnPage, outsideAddress } from './policy.ts';

/** What the bridge's questions are answered with: the computer, seen from here. */
export interface Computer {
  readonly knownServers: () => string[];
  readonly discoverServers: () => Promise<FoundServer[]>;
  readonly tryServer: (typed: string, code?: string, fingerprint?: string) => Promise<ConnectAnswer>;
  readonly pair: (server: string | null) => Promise<void>;
  readonly keepToken: (token: string | null) => void;
  readonly signAsDevice: (question: DeviceQuestion) => DeviceProof;
  readonly listPrinters: () => Promise<Printer[]>;
  readonly print: (job: PrintJob) => Promise<PrintAnswer>;
  readonly openOutside: (address: string) => Promise<void>;
}

type Question = Exclude<Channel, typeof channels.begin>;

/** Thrown to a page that asks wrongly or is not ours. It says nothing about why. */
export class Refused extends Error {
  constructor() {
    super('refused');
    this.name = 'Refused';
  }
}

/**
 * Answers one question of the bridge: only for a page of ours in the window's main frame, and only with arguments of the
 * right shape. Throws Refused otherwise.
 */
export async function answer(
  computer: Computer,
  asked: { channel: Question; frame: { url: string; isMain: boolean } | null; args: unknown[] },
): Promise<unknown> {
  if (asked.frame === null || !asked.frame.isMain || !isOwnPage(asked.frame.url)) throw new Refused();
  const { shape, run } = doors[asked.channel];
  const args = shape.safeParse(asked.args);
  if (!args.success) throw new Refused();
  return run(computer, args.data as never);
}

interface Door<S extends z.ZodType = z.ZodType> {
  readonly shape: S;
  readonly run: (computer: Computer, args: z.infer<S>) => unknown;
}
const door = <S extends z.ZodType>(shape: S, run: Door<S>['run']): Door => ({ shape, run: run as Door['run'] });

const none = z.tuple([]);
const pdfBytesMax = 50 * 1024 * 1024;
const paperSide = z.number().int().min(200).max(20_000);
const printJob = z.strictObject({
  // A name that began with a hyphen would be an option to the print program.
  printer: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[^-\u0000-\u001f][^\u0000-\u001f]*$/),
  pdf: z.instanceof(Uint8Array).refine((pdf) => pdf.byteLength <= pdfBytesMax && isPdf(pdf)),
  copies: z.number().int().min(1).max(99),
  paperTenthMm: z.strictObject({ width: paperSide, height: paperSide }),
});

// Line breaks are what separates the words that are signed.
const deviceWord = z.string().regex(/^[^\r\n]{0,200}$/);
const deviceQuestion = z.strictObject({
  purpose: z.enum(['signIn', 'session']),
  company: deviceWord,
  login: deviceWord,
  challenge: challengeSchema,
});

const doors: Readonly<Record<Question, Door>> = {
  [channels.keepToken]: door(
    z.tuple([
      z
        .string()
        .regex(/^[\x21-\x7e]{1,500}$/)
        .nullable(),
    ]),
    (computer, [token]) => computer.keepToken(token),
  ),
  [channels.signAsDevice]: door(z.tuple([deviceQuestion]), (computer, [question]) => computer.signAsDevice(question)),
  [channels.findServers]: door(none, (computer) => computer.knownServers()),
  [channels.discoverServers]: door(none, (computer) => computer.discoverServers()),
  [channels.useServer]: door(
    z.tuple([z.string().max(300), z.string().max(40).optional(), z.string().max(120).optional()]),
    async (computer, [typed, code, fingerprint]) => {
      const found = await computer.tryServer(typed, code, fingerprint);
      if (found.ok) await computer.pair(found.server);
      return found;
    },
  ),
  [channels.forgetServer]: door(none, (computer) => computer.pair(null)),
  [channels.listPrinters]: door(none, (computer) => computer.listPrinters()),
  [channels.printPdf]: door(z.tuple([printJob]), (computer, [job]) => computer.print(job)),
  [channels.openOutside]: door(z.tuple([z.string().max(2000)]), async (computer, [address]) => {
    const allowed = outsideAddress(address);
    if (allowed !== null) await computer.openOutside(allowed);
    return allowed !== null;
  }),
};

/** The questions that may be asked, to be wired to Electron. */
export const questions = Object.keys(doors) as Question[];

const isPdf = (bytes: Uint8Array): boolean => String.fromCharCode(...bytes.subarray(0, 5)) === '%PDF-';
