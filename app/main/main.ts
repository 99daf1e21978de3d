import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { app, BrowserWindow, ipcMain, Menu, nativeImage, protocol, safeStorage, session, shell, Tray } from 'electron';
import electronUpdater from 'electron-updater';
import type { Beginning } from '../preload/bridge.ts';
import { channels } from '../preload/channels.ts';
import { answer, type Computer, questions } from './answers.ts';
import { fileFor } from './appFiles.ts';
import { checkServer } from './checkServer.ts';
import { nowMs } from './clock.ts';
import { pageHeaders } from './contentSecurity.ts';
import { DeviceKey, machineHash, serverNameOf } from './deviceKey.ts';
import { discoverServers } from './discover.ts';
import { firstServer, tryServer } from './findServer.ts';
import { type Following, followServer } from './followServer.ts';
import { guardCertificates } from './guardCertificates.ts';
import { guardContents, guardSession } from './guardContents.ts';
import { machineNumber } from './machineNumber.ts';
import { type MenuActions, menuTemplate, trayTemplate } from './menu.ts';
import { PinStore } from './pinStore.ts';
import { isOwnPage, ownOrigin, ownScheme } from './policy.ts';
import { printPdf } from './printPdf.ts';
import { reach } from './reach.ts';
import { learnSuccessor } from './rootSuccession.ts';
import { ServerStore } from './serverStore.ts';
import { TokenStore } from './tokenStore.ts';
import { type Distrust, rootsAt } from './trust.ts';
import { windowOptions } from './windowOptions.ts';
import { followingText, shellWords } from './words.ts';

// Everything that decides lies in the files beside this one and is tested without Electron; this one only connects.
app.setName('Tradepost');
app.setPath('userData', join(app.getPath('appData'), 'Tradepost'));
app.enableSandbox();
protocol.registerSchemesAsPrivileged([{ scheme: ownScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } }]);

const trayIconPx = 24;
const here = import.meta.dirname;
const folders = { screens: join(here, '..', 'renderer'), connect: join(here, 'connect') };
const servers = new ServerStore(join(app.getPath('userData'), 'servers.json'));
const pins = new PinStore(join(app.getPath('userData'), 'pins.json'));
const checkMs = 5000;
const followEveryMs = 4 * 60 * 60 * 1000;
const actions: MenuActions = { switchServer: () => void pair(null), show: focus, quit: () => app.quit() };
let server = firstServer(process.argv, servers.read());
let window: BrowserWindow | null = null;
let tray: Tray | null = null;

if (!app.requestSingleInstanceLock()) app.quit();
else void app.whenReady().then(start);

function start(): void {
  const words = shellWords(app.getLocale());
  const tokens = new TokenStore(join(app.getPath('userData'), 'token'), safeStorage);
  guardSession(session.defaultSession, () => server);
  holdCertificates();
  app.on('web-contents-created', (_event, contents) => guardContents(contents, (address) => void shell.openExternal(address)));
  protocol.handle(ownScheme, (request) => answerFile(request.url));
  wireBridge(tokens);
  showMenu({ state: 'unknown' });
  keepUp();
  setInterval(keepUp, followEveryMs);
  tray = new Tray(nativeImage.createFromPath(join(here, 'icon.png')).resize({ width: trayIconPx }));
  tray.setToolTip(words.title);
  tray.setContextMenu(Menu.buildFromTemplate(trayTemplate(words, actions)));
  tray.on('click', focus);
  app.on('second-instance', focus);
  app.on('activate', focus);
  app.on('window-all-closed', () => app.quit());
  focus();
}

/** The menu, which also says where the program stands towards its server's version. */
function showMenu(following: Following): void {
  const words = shellWords(app.getLocale());
  const version = followingText(words, following, app.getVersion());
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(words, actions, { isRelease: app.isPackaged, version })));
}

/** Looks what has become of the server since: another root, another version. */
function keepUp(): void {
  // One that does not answer now is asked again later.
  if (server?.startsWith('https:')) void learnSuccessor(server, pins, AbortSignal.timeout(checkMs)).catch(() => null);
  follow();
}

/** Looks whether the server has another version. Only what was installed can be replaced. */
function follow(): void {
  if (!app.isPackaged || server === null) return;
  void followServer({
    updater: electronUpdater.autoUpdater,
    server,
    pin: pinOfServer(),
    current: app.getVersion(),
    // Packages of Linux distributions belong to the administrator, and programs of macOS are replaced only when they are signed.
    canReplaceItself: process.platform === 'win32' || process.env.APPIMAGE !== undefined,
    tell: showMenu,
  });
}

/** Brings the window to the front, or opens it. */
function focus(): void {
  if (window !== null) {
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
    return;
  }
  const opened = new BrowserWindow(
    windowOptions({
      preload: join(here, '..', 'preload', 'preload.cjs'),
      title: shellWords(app.getLocale()).title,
      isRelease: app.isPackaged,
    }),
  );
  window = opened;
  opened.once('ready-to-show', () => opened.show());
  opened.on('closed', () => {
    window = null;
  });
  void startPage().then((page) => opened.loadURL(page));
}

/**
 * The screens, when there is a server we trust. One that shows itself as another is seen before a page of ours asks it anything;
 * whether it answers at all is told by the screens.
 */
async function startPage(): Promise<string> {
  const isKnown = server !== null && (server.startsWith('http:') || pinOfServer() !== null);
  if (server === null || !isKnown) return `${ownOrigin}/connect/connect.html`;
  if (server.startsWith('http:')) return `${ownOrigin}/index.html`;
  const trust = await checkServer(server, pins, { signal: AbortSignal.timeout(checkMs) }).catch(() => null);
  return trust === null || trust.ok ? `${ownOrigin}/index.html` : stopPage(trust.problem);
}

const pinOfServer = () => (server === null ? null : pins.find(server));

const spkiOfServer = (): string | null => {
  const pin = pinOfServer();
  return pin === null ? null : (rootsAt(pin, nowMs())[0]?.spki ?? null);
};

const stopPage = (problem: string): string => `${ownOrigin}/connect/stop.html#${problem}`;

const holdCertificates = (): void =>
  guardCertificates(session.defaultSession, () => ({ server, pin: pinOfServer(), nowMs: nowMs() }), stopBecause);

/** A connection was refused while the screens were open: nothing may go on as if the server were there. */
function stopBecause(problem: Distrust): void {
  if (!window?.webContents.getURL().includes('/connect/')) void window?.loadURL(stopPage(problem));
}

async function pair(chosen: string | null): Promise<void> {
  server = chosen;
  servers.pair(chosen);
  // What was decided before does not hold for this server and this root.
  holdCertificates();
  await session.defaultSession.closeAllConnections();
  keepUp();
  await window?.loadURL(await startPage());
}

async function answerFile(address: string): Promise<Response> {
  const file = fileFor(address, folders);
  if (file === null) return new Response(null, { status: 404 });
  try {
    return new Response(new Uint8Array(await readFile(file.path)), { headers: pageHeaders(server, file.mediaType) });
  } catch {
    return new Response(null, { status: 404 });
  }
}

function wireBridge(tokens: TokenStore): void {
  const computer = computerWith(tokens);
  ipcMain.on(channels.begin, (event) => {
    const isOurs = event.senderFrame !== null && event.senderFrame.parent === null && isOwnPage(event.senderFrame.url);
    const beginning: Beginning = { server, device: hostname(), version: app.getVersion(), token: tokens.read(server) };
    event.returnValue = isOurs ? beginning : null;
  });
  for (const channel of questions) {
    ipcMain.handle(channel, (event, ...args: unknown[]) => {
      const frame = event.senderFrame && { url: event.senderFrame.url, isMain: event.senderFrame.parent === null };
      return answer(computer, { channel, frame, args });
    });
  }
}

function computerWith(tokens: TokenStore): Computer {
  const machine = machineHash(machineNumber(process.platform), hostname());
  const deviceKey = new DeviceKey(join(app.getPath('userData'), 'device.json'), safeStorage, machine);
  return {
    // One that was named on the command line and is not trusted yet comes first.
    knownServers: () => [...new Set([...(server === null ? [] : [server]), ...servers.read().known])],
    discoverServers: () => discoverServers(),
    tryServer: (typed, code, fingerprint) =>
      tryServer(typed, {
        ask: async (address, signal) => (await reach(`${address}/api/state`, { pin: pins.find(address), signal })).body,
        check: (address, signal) => checkServer(address, pins, { code, fingerprint, signal }),
        isPinned: (address) => pins.find(address) !== null,
      }),
    pair,
    keepToken: (token) => {
      if (token === null || server === null) tokens.forget();
      else tokens.keep(server, token);
    },
    signAsDevice: (question) => deviceKey.prove(question, serverNameOf(server ?? ownOrigin, spkiOfServer())),
    listPrinters: async () => {
      const printers = (await window?.webContents.getPrintersAsync()) ?? [];
      return printers.map(({ name, displayName, options }) => ({
        name,
        title: displayName || name,
        main: 'printer-is-default' in options && String(Reflect.get(options, 'printer-is-default')) === 'true',
      }));
    },
    print: printPdf,
    openOutside: (address) => shell.openExternal(address),
  };
}
