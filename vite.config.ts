import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where `npm run dev` finds the server it passes calls on to. */
const serverAddress = process.env.TRADEPOST_SERVER ?? 'http://127.0.0.1:7180';

export default defineConfig({
  root: 'app/renderer',
  // Relative, because the same files are served by the server and opened by the desktop client from its own folder.
  base: '/',
  plugins: [react()],
  build: {
    outDir: '../../dist/renderer',
    emptyOutDir: true,
    target: 'chrome120',
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'antd', test: /node_modules[\\/](antd|@ant-design|@rc-component)[\\/]/, priority: 2 },
            {
              name: 'vendor',
              test: /node_modules[\\/](react|react-dom|react-router|scheduler|@tanstack|i18next|react-i18next|socket\.io-client|dayjs)[\\/]/,
              priority: 1,
            },
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
