/** The scheme and host our own pages come from. */
export const ownScheme = 'app';
export const ownOrigin = 'app://tradepost';

/** True for pages of ours: only they may be shown, and only they may use the bridge. */
export function isOwnPage(address: string): boolean {
  const url = parsed(address);
  return url !== null && url.protocol === `${ownScheme}:` && url.host === 'tradepost' && url.username === '' && url.port === '';
}

/** True when a window or frame may go to the address: pages of ours, and the PDF previews they make themselves. */
export function mayNavigate(address: string, isMainFrame: boolean): boolean {
  if (isOwnPage(address)) return true;
  return !isMainFrame && (isOwnBlob(address) || address === 'about:blank' || address.startsWith(pdfViewer));
}

/** True for what the program may load at all: its own files, what pages make themselves, and the paired server. */
export function mayRequest(address: string, server: string | null): boolean {
  if (isOwnPage(address) || isOwnBlob(address) || address.startsWith('data:') || address.startsWith(pdfViewer)) return true;
  const url = parsed(address.replace(/^ws(?=s?:)/, 'http'));
  return url !== null && server !== null && url.origin === new URL(server).origin;
}

const isOwnBlob = (address: string): boolean => address.startsWith(`blob:${ownOrigin}/`);

// The viewer for PDF files that is built into Chromium.
const pdfViewer = 'chrome-extension://mhjfbmdgcfjbbpaeojofohoefgiehjai/';

/** The address to hand to the computer's browser or mail program, or null when it is none of those or hides something. */
export function outsideAddress(address: string): string | null {
  const url = address.length <= outsideLengthMax ? parsed(address) : null;
  if (url === null || url.username !== '' || url.password !== '') return null;
  if (url.protocol === 'https:' && url.hostname !== '') return url.href;
  return url.protocol === 'mailto:' && url.pathname.includes('@') ? url.href : null;
}

const outsideLengthMax = 2000;

/** No page may use camera, place, notifications and the like; copying to the clipboard is all our pages need. */
export function mayUse(permission: string, address: string): boolean {
  return permission === 'clipboard-sanitized-write' && isOwnPage(address);
}

function parsed(address: string): URL | null {
  return URL.canParse(address) ? new URL(address) : null;
}
