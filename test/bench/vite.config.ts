import { resolve } from 'node:path';
import { defineConfig } from 'vite';
import { assemblyScript } from '../../build/assemblyscript.ts';
import { quickJs } from '../../build/quickjs.ts';

/** Builds the benchmark beside its peers, so that it finds them and the product's own dependencies. */
export default defineConfig({
  plugins: [assemblyScript(), quickJs()],
  root: import.meta.dirname,
  logLevel: 'warn',
  build: {
    ssr: true,
    target: 'node20',
    outDir: resolve(import.meta.dirname, 'out'),
    minify: false,
    rollupOptions: {
      input: {
        run: resolve(import.meta.dirname, 'run.ts'),
        group: resolve(import.meta.dirname, 'group.ts'),
        'large-world': resolve(import.meta.dirname, 'large-world.ts'),
        'debug-worker': resolve(import.meta.dirname, 'debug-worker.ts'),
      },
      // Beside each other, for one finds another by its folder.
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
    },
  },
});
