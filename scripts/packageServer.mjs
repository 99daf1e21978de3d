import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { missingForWindows, packWindows } from './packageWindows.mjs';
import { buildRenderer, prepare, root, runMain, runVisibly, Stop, say } from './prepare.mjs';
import { bytesOf, layOutServer, tellSizes } from './serverFiles.mjs';
import { serverFlags } from './serverFlags.mjs';

const usage = `npm run package:server -- [选项 · options]
  --debian        只做 Debian/Ubuntu 安装包 · the package for Debian and Ubuntu
  --windows       只做 Windows 安装程序 · the installer for Windows; without either of the two: both, as far as this machine can
  --version V     版本号（默认取 package.json） · the release (package.json's if left out)
  --out DIR       输出文件夹（默认 dist/installers） · where to
  --fast          少压缩，更快 · packs quickly and less`;

/** Where the files of installers/debian go. */
const places = {
  control: { to: 'DEBIAN/control', mode: 0o644 },
  postinst: { to: 'DEBIAN/postinst', mode: 0o755 },
  prerm: { to: 'DEBIAN/prerm', mode: 0o755 },
  postrm: { to: 'DEBIAN/postrm', mode: 0o755 },
  conffiles: { to: 'DEBIAN/conffiles', mode: 0o644 },
  'tradepost.service': { to: 'lib/systemd/system/tradepost.service', mode: 0o644 },
  'server.conf': { to: 'etc/tradepost/server.conf', mode: 0o644 },
  tradepost: { to: 'usr/bin/tradepost', mode: 0o755 },
};

// Makes what the server is installed with: tradepost-server_VERSION_amd64.deb and tradepost-server-setup-VERSION.exe.
await runMain(async () => {
  const { values } = parseArgs({
    options: {
      version: { type: 'string', default: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version },
      out: { type: 'string', default: join(root, 'dist', 'installers') },
      fast: { type: 'boolean', default: false },
      debian: { type: 'boolean', default: false },
      windows: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const isNamed = values.debian || values.windows;
  const targets = { debian: values.debian || !isNamed, windows: values.windows || !isNamed };
  if (targets.debian && (process.platform !== 'linux' || process.arch !== 'x64' || !existsSync('/usr/bin/dpkg-deb')))
    throw new Stop('请在 64 位 Debian 或 Ubuntu 上打包。 · Build the package on a 64-bit Debian or Ubuntu.');
  const missing = targets.windows ? missingForWindows() : undefined;
  if (missing && values.windows) throw new Stop(missing);
  await prepare();
  await buildRenderer();
  const asked = { ...values, out: resolve(values.out) };
  const code = targets.debian ? await packDebian(asked) : 0;
  if (missing) console.log(`\n! ${missing}`);
  return code !== 0 || !targets.windows || missing ? code : packWindows(asked);
});

async function packDebian({ version, out, fast }) {
  mkdirSync(out, { recursive: true });
  // Beside the result: the temporary folder of a small machine may be too small.
  const stage = mkdtempSync(join(out, '.stage-'));
  chmodSync(stage, 0o755);
  try {
    say('正在收集文件', 'laying out the files');
    layOutServer(join(stage, 'opt', 'tradepost'), version);
    const words = { VERSION: version, FLAGS: serverFlags.join(' '), KILOBYTES: String(Math.ceil(bytesOf(stage) / 1024)) };
    for (const [name, { to, mode }] of Object.entries(places)) write(stage, name, { to, mode, words });
    const doc = join(stage, 'usr', 'share', 'doc', 'tradepost-server');
    mkdirSync(doc, { recursive: true });
    copyFileSync(join(root, 'README.md'), join(doc, 'README'));
    const file = join(out, `tradepost-server_${version}_amd64.deb`);
    say('正在打包', 'packing');
    const how = fast ? ['-Zgzip', '-z1'] : ['-Zxz', '-z6'];
    const code = await runVisibly('dpkg-deb', ['--root-owner-group', ...how, '--build', stage, file]);
    if (code === 0) tellSizes(join(stage, 'opt', 'tradepost'), file);
    return code;
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

function write(stage, name, { to, mode, words }) {
  const path = join(stage, to);
  mkdirSync(join(path, '..'), { recursive: true });
  const text = readFileSync(join(root, 'installers', 'debian', name), 'utf8');
  writeFileSync(
    path,
    text.replaceAll(/@([A-Z]+)@/g, (_, word) => words[word]),
  );
  chmodSync(path, mode);
}
