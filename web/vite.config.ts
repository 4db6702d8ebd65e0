import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { mockHub } from './dev/mockHub.ts';

export default defineConfig(({ mode }) => ({
  // `npm run dev` answers /api itself; `npm run dev -- --mode hub` passes it on to a running hub.
  plugins: [react(), mode === 'hub' ? [] : mockHub()],
  server: {
    port: 5173,
    watch: { ignored: ['**/target/**'] },
    proxy: mode === 'hub' ? { '/api': process.env.BRIDGEWATCH_HUB ?? 'http://127.0.0.1:8080' } : {},
  },
  build: {
    outDir: 'target/dist',
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    modulePreload: { polyfill: false },
  },
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    testTimeout: 60_000,
  },
}));
