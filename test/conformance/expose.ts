/** Gives a module exports by which all of it can be called and looked at. */
import { textToBytes } from '../../core/base/bytes';
import { type WasmModule, decodeModule, sectionId } from '../../core/wasm/module';
import { createWriter, writeByte, writeBytes, writeSized, writeU32, written } from '../../core/wasm/writer';

/**
 * Functions `f0`…, mutable globals `g0`…, tables `t0`…, the memory `m`, in place of what it exported. Its memory gets a
 * page and may grow to three: to go over a larger one after each run takes longer than all else.
 */
export function exposeAll(bytes: Uint8Array): Uint8Array {
  const decoded = decodeModule(bytes);
  if (!decoded.ok) throw new Error(`${decoded.error.message} at ${decoded.error.position?.offset}`);
  const module = decoded.value;
  const out = createWriter(bytes.length + 1000);
  writeBytes(out, bytes.subarray(0, 8));
  let isWritten = false;
  for (const { id, start, end } of module.sections) {
    if (id === sectionId.export) continue;
    if (!isWritten && isAfterExports(id)) {
      writeExports(out, module);
      isWritten = true;
    }
    writeByte(out, id);
    writeSized(out, id === sectionId.memory && end - start > 1 ? smallMemory : bytes.subarray(start, end));
  }
  return written(out);
}

/** One memory, with bounds. */
const smallMemory = Uint8Array.of(1, 1, 1, 3);

const isAfterExports = (id: number): boolean => id > sectionId.export;

function writeExports(out: ReturnType<typeof createWriter>, module: WasmModule): void {
  const functions = module.functionTypes.map((_, index) => [`f${index}`, 0, index] as const);
  const tables = module.tables.map((_, index) => [`t${index}`, 1, index] as const);
  const memories = module.memories.map(() => ['m', 2, 0] as const);
  const globals = module.globals.flatMap(({ mutable }, index) =>
    mutable ? [[`g${index}`, 3, index] as const] : [],
  );
  const exports = [...functions, ...tables, ...memories, ...globals];
  const section = createWriter(1000);
  writeU32(section, exports.length);
  for (const [name, kind, index] of exports) {
    writeSized(section, textToBytes(name));
    writeByte(section, kind);
    writeU32(section, index);
  }
  writeByte(out, sectionId.export);
  writeSized(out, written(section));
}
