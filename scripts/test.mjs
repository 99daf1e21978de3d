import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium, howToGetChromium } from './chromium.mjs';
import { buildRenderer, nodeBinary, prepare, root, runMain, runVisibly, Stop, say } from './prepare.mjs';

const results = join(root, 'test', 'results', 'vitest.json');
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
const tool = (path) => join(root, 'node_modules', path);

// npm test                     everything, in the order of the stages below
// npm test -- test/kernel      only these tests
await runMain(async () => {
  const wanted = process.argv.slice(2);
  await prepare();
  const chromium = ensureChromium();
  if (!chromium) say(howToGetChromium.split(' · ')[0], howToGetChromium.split(' · ')[1]);
  rmSync(results, { force: true });
  const stages = wanted.length > 0 ? stagesFor(wanted, chromium) : allStages(chromium);
  return report(stages, await runInOrder(stages));
});

function allStages(chromium) {
  return [
    {
      name: '格式与写法 · format and lint',
      run: () => run(tool('@biomejs/biome/bin/biome'), ['ci', process.stdout.isTTY ? '--colors=force' : '--colors=off', '.']),
    },
    { name: '类型 · types', run: () => run(tool('typescript/bin/tsc'), ['-p', '.']) },
    { name: '无用代码 · unused code', run: () => run(tool('knip/bin/knip.js'), []) },
    { name: '界面 · screens', run: builds },
    { name: '测试 · tests', run: () => vitest([], chromium) },
  ];
}

function stagesFor(wanted, chromium) {
  const tests = { name: '测试 · tests', run: () => vitest(wanted, chromium) };
  const drivesScreens = wanted.some((argument) => argument.includes('journeys'));
  return drivesScreens ? [{ name: '界面 · screens', run: builds }, tests] : [tests];
}

/** Runs one stage after the other and stops behind the first that fails. */
async function runInOrder(stages) {
  const codes = [];
  for (const [index, stage] of stages.entries()) {
    console.log(`\n━━ ${index + 1}/${stages.length} ${stage.name}`);
    codes.push(await stage.run());
    if (codes.at(-1) !== 0) break;
  }
  return codes;
}

/** Says how each stage went; the closing line counts tests, and a failed stage without failed tests as one. */
function report(stages, codes) {
  console.log('\n━━ 总结 · summary');
  for (const [index, stage] of stages.entries()) {
    const outcome = codes[index] === undefined ? '– 未运行 · not run' : codes[index] === 0 ? '✓' : '✗ 失败 · failed';
    console.log(`  ${stage.name}  ${outcome}`);
  }
  const isRed = codes.some((code) => code !== 0);
  const { passed, failed, skipped } = countTests();
  if (skipped > 0) console.log(`  跳过 · skipped: ${skipped}`);
  console.log(`${passed} passed, ${isRed ? Math.max(failed, 1) : failed} failed`);
  return isRed ? 1 : 0;
}

function run(script, args, options) {
  return runVisibly(nodeBinary(), [script, ...args], options);
}

async function builds() {
  try {
    await buildRenderer();
    return 0;
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    console.error(error.message);
    return 1;
  }
}

function vitest(args, chromium) {
  mkdirSync(join(root, 'test', 'results'), { recursive: true });
  return run(tool('vitest/vitest.mjs'), ['run', ...reporters, ...args], { env: chromium ? { CHROMIUM_PATH: chromium } : {} });
}

/** Reads the numbers vitest wrote; a file that could not even be loaded counts as one failure. */
function countTests() {
  if (!existsSync(results)) return { passed: 0, failed: 0, skipped: 0 };
  const report = JSON.parse(readFileSync(results, 'utf8'));
  const notLoaded = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  ).length;
  return { passed: report.numPassedTests, failed: report.numFailedTests + notLoaded, skipped: report.numPendingTests };
}
