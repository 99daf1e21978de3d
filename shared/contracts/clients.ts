/** Systems for which there is a desktop client. */
export const clientSystems = ['windows', 'linux', 'mac'] as const;
export type ClientSystem = (typeof clientSystems)[number];

/** An installer of the desktop client that lies on the server; it is fetched at `/clients/NAME`. */
export interface ClientInstaller {
  readonly name: string;
  readonly version: string;
  readonly system: ClientSystem;
  readonly arch: 'x64' | 'arm64';
  /** The end of its name: exe, AppImage, deb, dmg. */
  readonly kind: string;
  readonly bytes: number;
}

/** What the page for fetching the desktop client shows. */
export interface ClientsAnswer {
  readonly version: string;
  readonly installers: readonly ClientInstaller[];
}
