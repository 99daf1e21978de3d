import { Refusal } from '../../shared/kernel/refusal.ts';
import type { Companies } from '../start/companies.ts';
import { readRegistry } from '../start/registry.ts';
import { askRunningServer, type Unlocked, type UnlockWish, unlockCompanies } from '../start/unlockFile.ts';

type WithCompanies = (run: (companies: Companies) => Promise<number>) => Promise<number>;
type Tell = (line: string) => void;

/** Asks the server that is running, and does it itself where none is. Gives the exit code. */
export async function unlockDoors(
  dataFolder: string,
  wish: UnlockWish,
  { withCompanies, tell }: { withCompanies: WithCompanies; tell: Tell },
): Promise<number> {
  // PostgreSQL lets the console in beside a server, which would not hear of it.
  const isShared = readRegistry(dataFolder).some(({ engine }) => engine.kind === 'postgres');
  const asked = isShared ? await askRunningServer(dataFolder, wish, 5_000) : null;
  const done = asked ?? (await unlockHere(dataFolder, wish, withCompanies));
  if (done === null) tell('服务器没有回应，请停止服务后重试 · the server does not answer: stop it and try again');
  else if (done.length === 0) tell('没有这个账套 · no such company');
  for (const { company, freed, refusal } of done ?? []) tell(`${company}: ${freed ? freedText(freed) : refusal}`);
  return done && done.length > 0 && done.every(({ freed }) => freed !== undefined) ? 0 : 1;
}

async function unlockHere(dataFolder: string, wish: UnlockWish, withCompanies: WithCompanies): Promise<Unlocked[] | null> {
  let done: Unlocked[] = [];
  try {
    await withCompanies(async (companies) => {
      done = await unlockCompanies(companies.list(), wish);
      return 0;
    });
    return done;
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || refusal.code !== 'database.inUse') throw refusal;
    return askRunningServer(dataFolder, wish, 20_000);
  }
}

const freedText = ({ rules, devices, locks, secondStep }: NonNullable<Unlocked['freed']>): string =>
  [
    ...(rules ? ['地址规则已停用 · address rules switched off'] : []),
    ...(devices ? ['设备审批已停用 · devices are not checked any more'] : []),
    ...(secondStep ? ['二次验证已清除 · second step taken away'] : []),
    `已解除锁定 · locks taken away: ${locks}`,
  ].join('; ');
