import { resolve } from 'node:path';
import { defineConfig } from 'vite';
import { assemblyScript } from '../../build/assemblyscript.ts';

/** Builds the benchmark beside its peers, so that it finds them and the product's own dependencies. */
export default defineConfig({
  plugins: [assemblyScript()],
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
        'large-world': resolve(import.meta.dirname, 'large-world.ts'),
      },
      output: { entryFileNames: '[name].js' },
    },
  },
});
