import type { DeviceProof, DeviceQuestion } from '../../../shared/contracts/devices.ts';

/** What the desktop shell offers to the screens; in a browser there is none. */
export interface DesktopBridge {
  /** Where the server is, 'https://192.168.1.10:7180'; the page's own origin when absent. */
  readonly server?: string;
  /** How this computer is called in the list of sessions. */
  readonly device?: string;
  readToken?(): string | null;
  keepToken?(token: string | null): void;
  /** Signs with the key of this computer. */
  readonly signAsDevice?: (question: DeviceQuestion) => Promise<DeviceProof>;
}

declare global {
  interface Window {
    readonly tradepost?: DesktopBridge;
  }
}

export const bridge = (): DesktopBridge | undefined => window.tradepost;

/** The address of the server, without a slash at the end. */
export const serverAddress = (): string => bridge()?.server?.replace(/\/$/, '') ?? '';
