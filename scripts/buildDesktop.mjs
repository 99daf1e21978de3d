import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root, say } from './prepare.mjs';

const dist = join(root, 'dist');
const stamp = join(dist, 'main', '.stamp');

/**
 * Builds the desktop shell into dist/main and dist/preload when a source or a library changed since the last build.
 * @param {{ force?: boolean, folder?: string }} options `folder` takes the place of dist/
 * @returns {Promise<boolean>} whether anything was built
 */
export async function buildDesktop({ force = false, folder = dist } = {}) {
  const wanted = fingerprint();
  const mark = folder === dist ? stamp : join(folder, 'main', '.stamp');
  if (!force && existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return false;
  // Loaded here, because this file is also read before anything is installed.
  const { build } = await import('vite');
  await build(settings({ entry: 'app/main/main.ts', outDir: join(folder, 'main'), format: 'es', fileName: 'main.js' }));
  // A sandboxed window loads its bridge as one classic script.
  await build(settings({ entry: 'app/preload/preload.ts', outDir: join(folder, 'preload'), format: 'cjs', fileName: 'preload.cjs' }));
  cpSync(join(root, 'app/main/connect'), join(folder, 'main', 'connect'), { recursive: true });
  cpSync(join(root, 'app/main/icon.png'), join(folder, 'main', 'icon.png'));
  writeFileSync(mark, wanted);
  return true;
}

/**
 * The Electron of this working copy; its package comes without the program where that could not be fetched.
 * @returns {string | undefined} path of the executable
 */
export function electronBinary() {
  const inside = { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' }[process.platform] ?? 'electron';
  const path = process.env.ELECTRON_PATH ?? join(root, 'node_modules', 'electron', 'dist', inside);
  return existsSync(path) ? path : undefined;
}

function settings({ entry, outDir, format, fileName }) {
  return {
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: {
      outDir,
      emptyOutDir: true,
      target: 'node24',
      minify: false,
      lib: { entry: join(root, entry), formats: [format], fileName: () => fileName },
      rolldownOptions: { external: ['electron', /^node:/], platform: 'node', output: { codeSplitting: false } },
    },
  };
}

function fingerprint() {
  const hash = createHash('sha256');
  const files = ['app/main', 'app/preload', 'shared'].flatMap((folder) => filesUnder(join(root, folder)));
  for (const path of [...files, join(root, 'package-lock.json'), fileURLToPath(import.meta.url)].sort()) {
    hash.update(relative(root, path)).update('\0').update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex');
}

function filesUnder(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const built = await buildDesktop({ force: process.argv.includes('--force') });
  say(built ? '桌面客户端已生成' : '桌面客户端无需重新生成', built ? 'the desktop client is built' : 'the desktop client is up to date');
}
