import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { assemblyScript } from './build/assemblyscript.ts';
import { quickJs } from './build/quickjs.ts';

const conformance = 'test/conformance/**/*.test.ts';

export default defineConfig({
  plugins: [assemblyScript(), quickJs()],
  test: {
    exclude: ['**/node_modules/**', 'test/e2e/**', 'test/bench/**'],
    pool: 'forks',
    // By default one core is left idle, for a watcher's sake.
    maxWorkers: availableParallelism(),
    setupFiles: ['test/setup.ts'],
    execArgv: [
      // A contract may nest as deep as its limits say; the host's own stack has to be the larger one.
      '--stack-size=4000',
      // The other cores have tests of their own: garbage that is collected beside a test costs them more than it saves it.
      '--single-threaded-gc',
      '--max-semi-space-size=32',
    ],
    testTimeout: 30_000,
    // The project that comes first by its name is run first: it has the longest files.
    projects: [
      {
        extends: true,
        // Each file in a process of its own: thousands of instances are collected sooner where nothing else is kept.
        test: { name: 'conformance', include: [conformance] },
      },
      {
        extends: true,
        // Files share a process, one after the other, with all that it has loaded and compiled: no test changes what is shared.
        test: {
          name: 'product',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [conformance],
          isolate: false,
        },
      },
    ],
  },
});
