import type { MenuItemConstructorOptions } from 'electron';
import type { ShellWords } from './words.ts';

export interface MenuActions {
  readonly switchServer: () => void;
  readonly show: () => void;
  readonly quit: () => void;
}

/** The menu bar: what a keyboard needs (copy, paste, zoom) and the way to another server, and which version it is. Tools for programmers only outside a release. */
export function menuTemplate(
  words: ShellWords,
  actions: MenuActions,
  of: { isRelease: boolean; version: string },
): MenuItemConstructorOptions[] {
  return [
    {
      label: words.program,
      submenu: [
        { label: of.version, enabled: false },
        { type: 'separator' },
        { label: words.switchServer, click: actions.switchServer },
        { type: 'separator' },
        { label: words.quit, accelerator: 'CmdOrCtrl+Q', click: actions.quit },
      ],
    },
    { label: words.edit, role: 'editMenu' },
    {
      label: words.view,
      submenu: [
        { label: words.reload, role: 'reload' },
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...(of.isRelease ? [] : [{ role: 'toggleDevTools' } as const]),
      ],
    },
  ];
}

/** The menu of the sign in the tray. */
export function trayTemplate(words: ShellWords, actions: MenuActions): MenuItemConstructorOptions[] {
  return [{ label: words.show, click: actions.show }, { type: 'separator' }, { label: words.quit, click: actions.quit }];
}
