import { type Result, ok } from '../base/result';
import { type ExportEntry, type WasmModule, decodeModule } from './module';
import type { FunctionType, ModuleShape, WasmFault } from './shape';

/** What a module shows to the outside, read without running any of it. */
export function describeModule(bytes: Uint8Array): Result<ModuleShape, WasmFault> {
  const module = decodeModule(bytes);
  if (!module.ok) return module;
  return ok(moduleToShape(module.value));
}

export const moduleToShape = (module: WasmModule): ModuleShape => ({
  imports: module.imports,
  exports: module.exports.map((entry) => ({
    name: entry.name,
    kind: entry.kind,
    type: entry.kind === 'function' ? typeOfExport(module, entry) : null,
  })),
  customSections: new Map(module.customSections.map(({ name, payload }) => [name, payload])),
});

/** `null` for an index of no function, which the engine refuses. */
function typeOfExport({ types, functionTypes }: WasmModule, { index }: ExportEntry): FunctionType | null {
  return types[functionTypes[index] ?? -1] ?? null;
}
