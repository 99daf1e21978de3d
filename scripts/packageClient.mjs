import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildDesktop, electronBinary } from './buildDesktop.mjs';
import { buildRenderer, nodeBinary, prepare, root, runMain, runVisibly, Stop, say } from './prepare.mjs';

const usage = `npm run package:client
  制作本系统的桌面客户端安装包，并写好服务器供客户端跟随的版本文件（dist/installers/clients）
  makes the installers of the desktop client for this machine's system, and the feed by which installed clients follow their server`;

// Electron comes as a program that its own package fetches; where that did not happen, nothing can be packed.
await runMain(async () => {
  if (process.argv.includes('--help')) {
    console.log(usage);
    return 0;
  }
  await prepare();
  if (!electronBinary())
    throw new Stop(
      '本机没有 Electron 程序，请在能访问其下载站的机器上运行 node node_modules/electron/install.js 后重试。 · ' +
        'The Electron program is not on this machine: run node node_modules/electron/install.js where its downloads can be reached, and try again.',
    );
  await buildRenderer();
  await buildDesktop({ force: true });
  const out = join(root, 'dist', 'installers');
  say('正在打包桌面客户端', 'packing the desktop client');
  const builder = join(root, 'node_modules', 'electron-builder', 'cli.js');
  const electron = `-c.electronDist=${join(electronBinary(), '..')}`;
  const code = await runVisibly(nodeBinary(), [builder, ...(process.platform === 'darwin' ? [] : [electron]), '--publish', 'never']);
  return code === 0 ? giveToServer(out) : code;
});

/** Into the folder that the server's own packages take along. */
function giveToServer(out) {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const made = readdirSync(out).filter((name) => name.startsWith(`tradepost-client-${version}-`) && !name.endsWith('.blockmap'));
  if (made.length === 0 || !existsSync(out)) throw new Stop('没有得到安装包。 · No installer came of it.');
  return runVisibly(nodeBinary(), ['server/cli.ts', 'clients', 'add', '--data', out, ...made.map((name) => join(out, name))]);
}
