/** A Vite plugin: `virtual:quickjs` is QuickJS as metered wasm. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Plugin, runnerImport } from 'vite';
import type { meterQuickJs } from './quickjs-module.ts';

const id = 'virtual:quickjs';
const resolvedId = `\0${id}`;

export const quickJs = (): Plugin => ({
  name: 'quickjs',
  enforce: 'pre',
  resolveId: (source) => (source === id ? resolvedId : null),
  async load(source) {
    if (source !== resolvedId) return null;
    const require = createRequire(import.meta.url);
    // It meters with the product's own code, which only a bundler can load.
    const { module } = await runnerImport<{ readonly meterQuickJs: typeof meterQuickJs }>(moduleFile());
    const { bytes, exports, imports } = module.meterQuickJs(
      readFileSync(require.resolve('@jitl/quickjs-wasmfile-release-sync/wasm')),
      readFileSync(require.resolve('@jitl/quickjs-wasmfile-release-sync/emscripten-module'), 'utf8'),
    );
    return `
      const text = ${JSON.stringify(Buffer.from(bytes).toString('base64'))};
      export function readCode() {
        const letters = atob(text);
        const code = new Uint8Array(letters.length);
        for (let at = 0; at < code.length; at++) code[at] = letters.charCodeAt(at);
        return code;
      }
      export const meterExports = ${JSON.stringify(exports)};
      export const importNames = ${JSON.stringify(imports)};`;
  },
});

/** Beside this file, or below the project's folder, where electron-vite puts the configuration that it bundled. */
const moduleFile = (): string =>
  ['quickjs-module.ts', 'build/quickjs-module.ts']
    .map((path) => join(import.meta.dirname, path))
    .find((path) => existsSync(path)) ?? 'build/quickjs-module.ts';
