import type { UiWords } from '../words.ts';

/** The page on which people fetch the desktop program. */
export const clients: UiWords['clients'] = {
  title: 'Get the desktop program',
  help: 'The desktop program does what the browser does, prints straight to a printer, and follows the version of its server by itself. Its first connection needs a pairing code.',
  yours: 'For this computer',
  others: 'For other systems',
  systems: { windows: 'Windows', linux: 'Linux', mac: 'macOS' },
  download: 'Download',
  none: 'There are no installers on the server yet',
  noneHelp: 'An administrator adds them on the server with “tradepost clients add”. The browser needs nothing installed.',
  version: 'Version',
};
