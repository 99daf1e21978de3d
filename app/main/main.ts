import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { app, BrowserWindow, ipcMain, Menu, nativeImage, net, protocol, safeStorage, session, shell, Tray } from 'electron';
import type { Beginning } from '../preload/bridge.ts';
import { channels } from '../preload/channels.ts';
import { answer, type Computer, questions } from './answers.ts';
import { fileFor } from './appFiles.ts';
import { pageHeaders } from './contentSecurity.ts';
import { firstServer, tryServer } from './findServer.ts';
import { guardContents, guardSession } from './guardContents.ts';
import { type MenuActions, menuTemplate, trayTemplate } from './menu.ts';
import { isOwnPage, ownOrigin, ownScheme } from './policy.ts';
import { printPdf } from './printPdf.ts';
import { ServerStore } from './serverStore.ts';
import { TokenStore } from './tokenStore.ts';
import { windowOptions } from './windowOptions.ts';
import { shellWords } from './words.ts';

// Everything that decides lies in the files beside this one and is tested without Electron; this one only connects.
app.setName('Tradepost');
app.setPath('userData', join(app.getPath('appData'), 'Tradepost'));
app.enableSandbox();
protocol.registerSchemesAsPrivileged([{ scheme: ownScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } }]);

const trayIconPx = 24;
const here = import.meta.dirname;
const folders = { screens: join(here, '..', 'renderer'), connect: join(here, 'connect') };
const servers = new ServerStore(join(app.getPath('userData'), 'servers.json'));
let server = firstServer(process.argv, servers.read());
let window: BrowserWindow | null = null;
let tray: Tray | null = null;

if (!app.requestSingleInstanceLock()) app.quit();
else void app.whenReady().then(start);

function start(): void {
  const words = shellWords(app.getLocale());
  const tokens = new TokenStore(join(app.getPath('userData'), 'token'), safeStorage);
  guardSession(session.defaultSession, () => server);
  app.on('web-contents-created', (_event, contents) => guardContents(contents, (address) => void shell.openExternal(address)));
  protocol.handle(ownScheme, (request) => answerFile(request.url));
  wireBridge(tokens);
  const actions: MenuActions = { switchServer: () => void pair(null), show: focus, quit: () => app.quit() };
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(words, actions, app.isPackaged)));
  tray = new Tray(nativeImage.createFromPath(join(here, 'icon.png')).resize({ width: trayIconPx }));
  tray.setToolTip(words.title);
  tray.setContextMenu(Menu.buildFromTemplate(trayTemplate(words, actions)));
  tray.on('click', focus);
  app.on('second-instance', focus);
  app.on('activate', focus);
  app.on('window-all-closed', () => app.quit());
  focus();
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
  void opened.loadURL(startPage());
}

const startPage = (): string => `${ownOrigin}/${server === null ? 'connect/connect.html' : 'index.html'}`;

async function pair(chosen: string | null): Promise<void> {
  server = chosen;
  servers.pair(chosen);
  await window?.loadURL(startPage());
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
  return {
    knownServers: () => servers.read().known,
    tryServer: (typed) => tryServer(typed, async (address, signal) => (await net.fetch(`${address}/api/state`, { signal })).json()),
    pair,
    keepToken: (token) => {
      if (token === null || server === null) tokens.forget();
      else tokens.keep(server, token);
    },
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
