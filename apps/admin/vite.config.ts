import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const api = process.env['HOLDPOINT_API'] ?? 'http://127.0.0.1:4000';

export default defineConfig({
  root: here('.'),
  plugins: [react()],
  resolve: {
    alias: [
      { find: /^@holdpoint\/contract$/, replacement: here('../api/src/contract.ts') },
      {
        find: '@holdpoint/contract-domain',
        replacement: here('../api/src/modules/workflow/contract.domain.ts'),
      },
    ],
  },
  server: {
    port: 5173,
    proxy: { '/graphql': api, '/api': api, '^/as-of\\.(csv|jsonl)': api, '/ledger/export': api },
  },
  build: {
    outDir: here('./dist'),
    emptyOutDir: true,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        advancedChunks: {
          groups: [
            {
              name: 'react',
              test: /node_modules[\\/](react|react-dom|scheduler|react-router|react-router-dom)[\\/]/,
            },
            { name: 'mui', test: /node_modules[\\/](@mui|@emotion)[\\/]/ },
            {
              name: 'admin',
              test: /node_modules[\\/](react-admin|ra-[a-z-]+|@tanstack|react-hook-form)[\\/]/,
            },
          ],
        },
      },
    },
  },
});
