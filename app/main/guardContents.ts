import type { Session, WebContents } from 'electron';
import { isOwnPage, mayNavigate, mayRequest, mayUse, outsideAddress } from './policy.ts';

/** Holds a window to its own pages: it goes nowhere else, opens no other window, and links lead to the computer's browser. */
export function guardContents(contents: WebContents, openOutside: (address: string) => void): void {
  contents.on('will-navigate', (event) => {
    if (!mayNavigate(event.url, true)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!mayNavigate(event.url, event.isMainFrame)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    if (!mayNavigate(event.url, event.isMainFrame)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    const address = isOwnPage(contents.getURL()) ? outsideAddress(url) : null;
    if (address !== null) openOutside(address);
    return { action: 'deny' };
  });
}

/** Lets a session reach our own files and the paired server, and gives pages no device and no permission. */
export function guardSession(session: Session, pairedServer: () => string | null): void {
  session.setPermissionRequestHandler((_contents, permission, decide, { requestingUrl }) => decide(mayUse(permission, requestingUrl)));
  session.setPermissionCheckHandler((_contents, permission, origin) => mayUse(permission, origin));
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest(({ url }, decide) =>
    decide({ cancel: !url.startsWith('devtools:') && !mayRequest(url, pairedServer()) }),
  );
}
