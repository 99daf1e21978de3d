import { RestoreDesk } from '../../server/backup/restoreDesk.ts';

/** The desk of a server that has its company: nothing is restored there. */
export const closedDesk = (dataFolder: string): RestoreDesk =>
  new RestoreDesk({
    dataFolder,
    disks: { root: dataFolder, named: [] },
    restore: () => Promise.reject(new Error('This server has its company')),
    numbersIn: () => Promise.reject(new Error('This server has its company')),
    report: () => undefined,
  });
