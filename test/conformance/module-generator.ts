/** Valid modules from arbitrary bytes, made by binaryen's fuzzer in this process: a process each would take a second. */
import { readFileSync, rmSync, writeFileSync, mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';

export interface ModuleGenerator {
  /** The same bytes give the same module. It imports nothing and exports nothing. */
  generate(seed: Uint8Array): Uint8Array;
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

/** The tool, in one instance for all its runs: to start one takes longer than most of what it makes. */
interface Tool {
  start(): Promise<void>;
  run(args: readonly string[]): void;
}

/** What it costs to read the tool is paid once; what its runs leave in its memory goes with each. */
let createTool: (() => Tool) | undefined;

export async function createModuleGenerator(): Promise<ModuleGenerator> {
  createTool ??= readTool(createRequire(import.meta.url).resolve('binaryen/bin/wasm-opt'));
  const tool = createTool();
  await tool.start();
  const folder = mkdtempSync(join(tmpdir(), 'kernelscope-generated-'));
  const input = join(folder, 'seed');
  const output = join(folder, 'module.wasm');
  return {
    generate(seed) {
      writeFileSync(input, seed);
      tool.run([input, '-ttf', '-o', output, ...features]);
      const module = new Uint8Array(readFileSync(output));
      // Some file systems write a file to the disk at once when it replaces another, but none that is gone already.
      for (const file of [input, output]) rmSync(file);
      return module;
    },
    dispose: () => rmSync(folder, { recursive: true }),
  };
}

/** The tool is a script that runs when it is loaded; here it is a function that gives what runs it. */
function readTool(path: string): () => Tool {
  const lastStatement = 'createWasm().then(()=>run());';
  const script = readFileSync(path, 'utf8')
    .replace(/^#!.*\n/, '')
    .trimEnd();
  if (!script.endsWith(lastStatement)) throw new Error(`${path} ends in another way than it did`);
  const body = `${script.slice(0, -lastStatement.length)}return{
    start:()=>createWasm().then(initRuntime),
    run(args){const stack=stackSave();try{if(callMain(args)!==0)throw new Error('it fails')}finally{stackRestore(stack)}}};`;
  const create = compileFunction(body, ['Module', 'require', '__dirname', '__filename', 'module']);
  return () => create({ printErr: () => {} }, createRequire(path), '', path, {}) as Tool;
}
