import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildRenderer, prepare, root, runMain, runVisibly, Stop, say } from './prepare.mjs';
import { bytesOf, layOutServer } from './serverFiles.mjs';
import { serverFlags } from './serverFlags.mjs';

const usage = `npm run package:server -- [选项 · options]
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

// Makes the package that a Debian or Ubuntu server installs with one command: tradepost-server_VERSION_amd64.deb.
await runMain(async () => {
  const { values } = parseArgs({
    options: {
      version: { type: 'string', default: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version },
      out: { type: 'string', default: join(root, 'dist', 'installers') },
      fast: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (process.platform !== 'linux' || process.arch !== 'x64' || !existsSync('/usr/bin/dpkg-deb'))
    throw new Stop('请在 64 位 Debian 或 Ubuntu 上打包。 · Build the package on a 64-bit Debian or Ubuntu.');
  await prepare();
  await buildRenderer();
  return packDebian({ ...values, out: resolve(values.out) });
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
    if (code === 0) tellSizes(stage, file);
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

function tellSizes(stage, file) {
  const folder = join(stage, 'opt', 'tradepost');
  const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`.padStart(9);
  for (const part of readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()))
    console.log(`  ${megabytes(bytesOf(join(folder, part.name)))}  ${part.name}`);
  console.log(`  ${megabytes(statSync(file).size)}  ${file}`);
}
