/** A Vite plugin: `import code from './program.ts?assemblyscript'` gives the wasm that the program compiles to. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import asc from 'assemblyscript/asc';
import type { Plugin } from 'vite';

const suffix = '?assemblyscript';
const options = ['-O3', '--runtime', 'stub', '--noAssert'];
const project = join(import.meta.dirname, '..');
/** Compiling takes seconds, and each run of the tests builds anew. */
const cache = join(project, 'node_modules/.cache/kernelscope');

export const assemblyScript = (): Plugin => ({
  name: 'assemblyscript',
  enforce: 'pre',
  async load(id) {
    if (!id.endsWith(suffix)) return null;
    const entry = id.slice(0, -suffix.length);
    const sources = withImports(entry);
    for (const path of sources.keys()) this.addWatchFile(path);
    const code = await compileOnce(entry, sources);
    const text = JSON.stringify(code.toString('base64'));
    return `export default Uint8Array.from(atob(${text}), (letter) => letter.charCodeAt(0));`;
  },
});

/** A program's files by their paths, its own first. */
function withImports(entry: string): ReadonlyMap<string, string> {
  const sources = new Map<string, string>();
  const add = (path: string): void => {
    if (sources.has(path)) return;
    const text = readFileSync(path, 'utf8');
    sources.set(path, text);
    for (const [, from = ''] of text.matchAll(/from '(\.[^']+)'/g)) add(resolve(dirname(path), `${from}.ts`));
  };
  add(entry);
  return sources;
}

async function compileOnce(entry: string, sources: ReadonlyMap<string, string>): Promise<Buffer> {
  const hash = createHash('sha256').update(JSON.stringify([asc.version, options, ...sources.values()]));
  const kept = join(cache, `${hash.digest('hex').slice(0, 32)}.wasm`);
  const known = readIfThere(kept);
  if (known !== null) return known;
  const code = await compile(entry, sources);
  mkdirSync(cache, { recursive: true });
  // In one step, for several builds may run at once.
  writeFileSync(`${kept}.${process.pid}`, code);
  renameSync(`${kept}.${process.pid}`, kept);
  return code;
}

async function compile(entry: string, sources: ReadonlyMap<string, string>): Promise<Buffer> {
  let code = Buffer.alloc(0);
  const said: string[] = [];
  const sourceByName = new Map([...sources].map(([path, text]) => [nameOf(path), text]));
  const { error } = await asc.main([nameOf(entry), ...options, '--outFile', 'out.wasm'], {
    readFile: (name) => sourceByName.get(name) ?? null,
    writeFile: (_name, contents) => void (code = Buffer.from(contents)),
    listFiles: () => [],
    stderr: { write: (text: string | Uint8Array) => said.push(String(text)) > 0 },
  });
  if (error !== null)
    throw new Error(`${nameOf(entry)} does not compile\n${said.join('')}`, { cause: error });
  return code;
}

const nameOf = (path: string): string => relative(project, path).replaceAll('\\', '/');

function readIfThere(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
