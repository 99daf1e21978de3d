import type { DeviceProof, DeviceQuestion } from '../../shared/contracts/devices.ts';

/** What a page of the desktop client may ask of the computer: these functions and nothing else. */
export interface TradepostBridge {
  /** The paired server, 'http://192.168.1.10:7180'; left out until one is chosen. */
  readonly server?: string;
  /** How this computer is called in the list of sessions. */
  readonly device: string;
  /** Version of the desktop client. */
  readonly version: string;
  /** The token of the last session with this server, or null. */
  readToken(): string | null;
  /** Keeps the token where only this person on this computer can read it, or forgets it with null. */
  keepToken(token: string | null): void;
  /** Signs a question of the paired server with the key of this computer, which no page ever sees. */
  signAsDevice(question: DeviceQuestion): Promise<DeviceProof>;
  /** Servers used before, last one first. */
  findServers(): Promise<string[]>;
  /** Servers that call themselves out in the LAN; listens for a moment. */
  discoverServers(): Promise<FoundServer[]>;
  /**
   * Tries an address a person typed; when a Tradepost server answers there, it becomes the paired one and the screens are loaded
   * anew. One with TLS that is not known yet needs the code that is read from it, or the beginning of its root's fingerprint.
   */
  useServer(address: string, code?: string, fingerprint?: string): Promise<ConnectAnswer>;
  /** Leaves the paired server and shows the page where another is chosen. */
  forgetServer(): Promise<void>;
  listPrinters(): Promise<Printer[]>;
  /** Prints a finished PDF on a printer, on exactly the paper it was made for. */
  printPdf(job: PrintJob): Promise<PrintAnswer>;
  /** Opens a web or mail address in the program the computer has for it; false when the address is not allowed. */
  openOutside(address: string): Promise<boolean>;
}

/** A server as it calls itself: its name proves nothing. */
export interface FoundServer {
  readonly name: string;
  /** 'https://192.168.1.10:7180' */
  readonly server: string;
}

export type ConnectAnswer = { readonly ok: true; readonly server: string } | { readonly ok: false; readonly problem: ConnectProblem };

export type ConnectProblem =
  | 'badAddress'
  | 'noAnswer'
  | 'notTradepost'
  /** The server is not known yet; its code is wrong; it has given none, or the one it gave is over. */
  | 'needsCode'
  | 'wrongCode'
  | 'wrongFingerprint'
  | 'noCode'
  /** It is not the server it is held for: nobody who knows the code, another root, out of date, not made for this address. */
  | 'notProven'
  | 'otherRoot'
  | 'expired'
  | 'wrongName';

export interface Printer {
  readonly name: string;
  readonly title: string;
  readonly main: boolean;
}

export interface PrintJob {
  readonly printer: string;
  readonly pdf: Uint8Array;
  readonly copies: number;
  /** The paper, in tenths of a millimetre. */
  readonly paperTenthMm: { readonly width: number; readonly height: number };
}

export type PrintAnswer = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** What the window is told when it opens. */
export interface Beginning {
  readonly server: string | null;
  readonly device: string;
  readonly version: string;
  readonly token: string | null;
}
