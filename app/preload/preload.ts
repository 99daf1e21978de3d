import { contextBridge, ipcRenderer } from 'electron';
import type { DeviceProof } from '../../shared/contracts/devices.ts';
import type { Beginning, ConnectAnswer, FoundServer, PrintAnswer, Printer, TradepostBridge } from './bridge.ts';
import { channels } from './channels.ts';

// Asked once and waited for: the screens need the server and the token before their first call.
const beginning = ipcRenderer.sendSync(channels.begin) as Beginning | null;
let token = beginning?.token ?? null;

const bridge: TradepostBridge = {
  ...(beginning?.server ? { server: beginning.server } : {}),
  device: beginning?.device ?? '',
  version: beginning?.version ?? '',
  readToken: () => token,
  keepToken: (next) => {
    token = next;
    void ipcRenderer.invoke(channels.keepToken, next);
  },
  signAsDevice: (question) => ipcRenderer.invoke(channels.signAsDevice, question) as Promise<DeviceProof>,
  findServers: () => ipcRenderer.invoke(channels.findServers) as Promise<string[]>,
  discoverServers: () => ipcRenderer.invoke(channels.discoverServers) as Promise<FoundServer[]>,
  useServer: (...asked) => ipcRenderer.invoke(channels.useServer, ...asked) as Promise<ConnectAnswer>,
  forgetServer: () => ipcRenderer.invoke(channels.forgetServer) as Promise<void>,
  listPrinters: () => ipcRenderer.invoke(channels.listPrinters) as Promise<Printer[]>,
  printPdf: (job) => ipcRenderer.invoke(channels.printPdf, job) as Promise<PrintAnswer>,
  openOutside: (address) => ipcRenderer.invoke(channels.openOutside, address) as Promise<boolean>,
};

contextBridge.exposeInMainWorld('tradepost', bridge);
