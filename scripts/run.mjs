import { nodeBinary, prepare, runMain, runVisibly, Stop } from './prepare.mjs';

// node scripts/run.mjs file.ts [arguments]: runs a file of this repository on the packaged Node.
await runMain(async () => {
  const [file, ...args] = process.argv.slice(2);
  if (!file) throw new Stop('用法 · Usage: node scripts/run.mjs file.ts [arguments]');
  await prepare();
  return runVisibly(nodeBinary(), ['--disable-warning=ExperimentalWarning', file, ...args]);
});
