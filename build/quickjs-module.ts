/**
 * QuickJS as the product runs it: metered like any code, so that all it does costs gas. Its packer shortened all names to
 * a letter or two and left the memory to its own loader; here the names come back, and the memory is the module's own.
 */
import { textToBytes } from '../core/base/bytes';
import { type PrivateExports, meterModule } from '../core/wasm/metering/meter-module';
import { type WasmModule, decodeModule, sectionId } from '../core/wasm/module';
import {
  createWriter,
  writeByte,
  writeBytes,
  writeEach,
  writeSized,
  writeU32,
  written,
} from '../core/wasm/writer';

/** Its data and its stack take 82 of the pages that it begins with. */
const pages = { initial: 160, maximum: 1 << 15 };

export interface MeteredQuickJs {
  readonly bytes: Uint8Array;
  readonly exports: Pick<PrivateExports, 'begin' | 'charge' | 'left' | 'meter' | 'memory' | 'start'> & {
    /** Its one mutable global. */
    readonly stackPointer: string | undefined;
  };
  /** Names of all functions that it imports, from the module `a`. */
  readonly imports: readonly string[];
}

/** `glue` is the loader that comes with the code: it knows the names. */
export function meterQuickJs(code: Uint8Array, glue: string): MeteredQuickJs {
  const module = decode(withNames(decode(code), glue));
  const { bytes, privateExports } = meterModule(module, { pages: pages.maximum, tableEntries: 1 << 10 });
  const { begin, charge, left, meter, memory, start, globals } = privateExports;
  const [stackPointer] = globals.values();
  const exports = { begin, charge, left, meter, memory, start, stackPointer };
  return { bytes, exports, imports: module.imports.map(({ name }) => name) };
}

function decode(bytes: Uint8Array): WasmModule {
  const module = decodeModule(bytes);
  if (!module.ok) throw new Error(`QuickJS can't be read: ${module.error.message}`);
  return module.value;
}

function withNames(module: WasmModule, glue: string): Uint8Array {
  const out = createWriter(module.bytes.length + 4096);
  writeBytes(out, module.bytes.subarray(0, 8));
  const write = (section: number, payload: Uint8Array) => {
    writeByte(out, section);
    writeSized(out, payload);
  };
  for (const { id: section, start, end } of module.sections) {
    if (section === sectionId.global) write(sectionId.memory, memorySection());
    if (section === sectionId.import) write(section, importSection(module, importNames(glue)));
    else if (section === sectionId.export) write(section, exportSection(module, exportNames(glue)));
    else write(section, module.bytes.subarray(start, end));
  }
  return written(out);
}

function memorySection(): Uint8Array {
  const section = createWriter(16);
  for (const value of [1, 1, pages.initial, pages.maximum]) writeU32(section, value);
  return written(section);
}

/** Without the memory; what nothing of ours asks for keeps its letter. */
function importSection(module: WasmModule, names: ReadonlyMap<string, string>): Uint8Array {
  const section = createWriter(1024);
  const functions = module.imports.filter(({ kind }) => kind === 'function');
  let index = 0;
  writeEach(section, functions, (out, { module: from, name }) => {
    writeSized(out, textToBytes(from));
    writeSized(out, textToBytes(names.get(name) ?? name));
    writeByte(out, 0);
    writeU32(out, module.functionTypes[index++] ?? 0);
  });
  return written(section);
}

function exportSection(module: WasmModule, names: ReadonlyMap<string, string>): Uint8Array {
  const section = createWriter(4096);
  writeEach(section, module.exports, (out, { name, index }) => {
    writeSized(out, textToBytes(names.get(name) ?? name));
    writeByte(out, 0);
    writeU32(out, index);
  });
  return written(section);
}

/** By the letters: `d._QTS_Eval=b.pa` says that `pa` is `QTS_Eval`. */
const exportNames = (glue: string): ReadonlyMap<string, string> =>
  new Map(
    [...glue.matchAll(/\b\w\._(\w+)=\s*\w\.([\w$]+)/g)].map(([, name = '', letters = '']) => [letters, name]),
  );

function importNames(glue: string): ReadonlyMap<string, string> {
  const names = new Map(
    [...glue.matchAll(/(\w+):function\([\w,]*\)\{[^{}]*\bcallbacks\.(\w+)\(/g)].map(
      ([, letters = '', name = '']) => [letters, name],
    ),
  );
  const [, resizeHeap = ''] = /(\w+):\w=>\{var \w=\w\.length;\w>>>=0;/.exec(glue) ?? [];
  names.set(resizeHeap, 'resizeHeap');
  for (const name of ['callFunction', 'loadModuleSource', 'normalizeModule', 'resizeHeap']) {
    if (![...names].some(([letters, found]) => letters !== '' && found === name)) {
      throw new Error(`QuickJS has another glue than this build knows: ${name} is not in it`);
    }
  }
  return names;
}
