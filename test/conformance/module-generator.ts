/** Valid modules from arbitrary bytes, made by binaryen's fuzzer in this process: a process each would take a second. */
import { readFileSync, rmSync, writeFileSync, mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';

export interface ModuleGenerator {
  /** The same bytes give the same module. It imports nothing and exports nothing. */
  generate(seed: Uint8Array): Promise<Uint8Array>;
  dispose(): void;
}

/** What kernels take; and every NaN is turned into 0, so that two engines have to agree on all bits. */
const features = [
  '--mvp-features',
  '--enable-sign-ext',
  '--enable-mutable-globals',
  '--enable-nontrapping-float-to-int',
  '--enable-bulk-memory',
  '--enable-bulk-memory-opt',
  '--enable-multivalue',
  '--enable-reference-types',
  '--enable-tail-call',
  '--fuzz-preserve-imports-exports',
  '--denan',
];

interface Tool {
  findWasmBinary(): BufferSource;
  start(): Promise<void>;
}

export async function createModuleGenerator(): Promise<ModuleGenerator> {
  const path = createRequire(import.meta.url).resolve('binaryen/bin/wasm-opt');
  const create = readTool(path);
  const compiled = await WebAssembly.compile(create({ arguments: [] }).findWasmBinary());
  const folder = mkdtempSync(join(tmpdir(), 'kernelscope-generated-'));
  const input = join(folder, 'seed');
  const output = join(folder, 'module.wasm');
  return {
    async generate(seed) {
      writeFileSync(input, seed);
      await create({
        arguments: [input, '-ttf', '-o', output, ...features],
        printErr: () => {},
        instantiateWasm(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void) {
          done(new WebAssembly.Instance(compiled, imports));
          return {};
        },
      }).start();
      // The tool believes that the process is its own.
      process.exitCode = 0;
      return new Uint8Array(readFileSync(output));
    },
    dispose: () => rmSync(folder, { recursive: true }),
  };
}

/** The tool is a script that runs when it is loaded; here it is a function that runs when it is told to. */
function readTool(path: string): (module: object) => Tool {
  const lastStatement = 'createWasm().then(()=>run());';
  const script = readFileSync(path, 'utf8')
    .replace(/^#!.*\n/, '')
    .trimEnd();
  if (!script.endsWith(lastStatement)) throw new Error(`${path} ends in another way than it did`);
  const body = `${script.slice(0, -lastStatement.length)}return{findWasmBinary,start:()=>createWasm().then(()=>run())};`;
  const create = compileFunction(body, ['Module', 'require', '__dirname', '__filename', 'module']);
  return (module) => create(module, createRequire(path), '', path, {}) as Tool;
}
