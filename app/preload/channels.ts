/** The messages between the bridge in the window and the process behind it. Pages never see these names. */
export const channels = {
  begin: 'tradepost:begin',
  keepToken: 'tradepost:keepToken',
  signAsDevice: 'tradepost:signAsDevice',
  findServers: 'tradepost:findServers',
  discoverServers: 'tradepost:discoverServers',
  useServer: 'tradepost:useServer',
  forgetServer: 'tradepost:forgetServer',
  listPrinters: 'tradepost:listPrinters',
  printPdf: 'tradepost:printPdf',
  openOutside: 'tradepost:openOutside',
} as const;

export type Channel = (typeof channels)[keyof typeof channels];
