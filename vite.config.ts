import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const release = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as { version: string };

/** Where `npm run dev` finds the server it passes calls on to. */
const serverAddress = process.env.TRADEPOST_SERVER ?? 'http://127.0.0.1:7180';

export default defineConfig({
  root: 'app/renderer',
  // Relative, because the same files are served by the server and opened by the desktop client from its own folder.
  base: '/',
  plugins: [react(), silentIcons(), packed()],
  // The release the screens belong to; what an installed server says of itself may be another one by now.
  define: { __TRADEPOST_VERSION__: JSON.stringify(release.version) },
  build: {
    outDir: '../../dist/renderer',
    emptyOutDir: true,
    target: 'chrome120',
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What the door needs comes first, over a slow line too; the rest of the libraries follows while somebody signs in.
          groups: [
            { name: 'first', test: /node_modules[\\/]/, tags: ['$initial'], priority: 3 },
            { name: 'antd', test: /node_modules[\\/](antd|@ant-design|@rc-component)[\\/]/, priority: 2 },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      '/api': { target: serverAddress, changeOrigin: false, secure: false },
      '/socket.io': { target: serverAddress, ws: true, secure: false },
    },
  },
});

/** Icons stand beside words or in buttons that have a name: to a screen reader they say nothing, least of all how their makers call them. */
function silentIcons(): Plugin {
  const named = /role: "img",\s*"aria-label": icon\.name/;
  return {
    name: 'silent-icons',
    transform(code, id) {
      if (!/@ant-design[\\/]icons[\\/].*AntdIcon(Light)?\.js$/.test(id) || !code.includes('aria-label')) return undefined;
      if (!named.test(code)) return this.error('the icons name themselves in another way than before');
      return { code: code.replace(named, '...(restProps["aria-label"] ? { role: "img" } : { "aria-hidden": true })'), map: null };
    },
  };
}

/** Lays each file packed beside itself, as small as it gets: once here instead of at every computer that asks for it. */
function packed(): Plugin {
  return {
    name: 'packed',
    apply: 'build',
    writeBundle({ dir = '' }) {
      const names = readdirSync(join(dir, 'assets')).filter((name) => /\.(js|css|svg)$/.test(name));
      for (const path of names.map((name) => join(dir, 'assets', name))) {
        const bytes = readFileSync(path);
        const sizeHint = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
        writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: sizeHint }));
        // Browsers take brotli only over encrypted lines.
        writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
      }
    },
  };
}
