import type { BrowserWindowConstructorOptions } from 'electron';

/**
 * How every window of ours is made: the page runs in a sandbox, apart from the bridge, and has neither Node nor the files
 * of the computer. Source: the security checklist of Electron's documentation.
 */
export function windowOptions(of: { preload: string; title: string; isRelease: boolean }): BrowserWindowConstructorOptions {
  return {
    title: of.title,
    width: 1440,
    height: 900,
    minWidth: 1024,
    minHeight: 640,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: '#ffffff',
    webPreferences: {
      preload: of.preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      // Print previews are PDF files shown in a frame.
      plugins: true,
      spellcheck: false,
      devTools: !of.isRelease,
    },
  };
}

/** A window nobody sees, in which a PDF is opened to be printed. It has no bridge. */
export function printWindowOptions(): BrowserWindowConstructorOptions {
  const { webPreferences } = windowOptions({ preload: '', title: '', isRelease: true });
  const { preload, ...safe } = webPreferences ?? {};
  return { show: false, webPreferences: { ...safe, partition: 'print' } };
}
