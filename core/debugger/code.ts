/** A segment of code as it is stepped through: ready to run, with its names and its lines of source. */
import type { Hash } from '../base/hash';
import { fault } from '../base/fault';
import { type Result, err, ok } from '../base/result';
import type { CodeFault } from '../container/container';
import { loadSteppingCode } from '../container/wasm-stepping/load-stepping-code';
import type { SteppingCode } from '../container/wasm-stepping/machine';
import { describeCode } from '../contracts/describe';
import type { ContractInterface } from '../contracts/interface';
import { type SourceTerms, noSourceTerms, sourceTermsOf } from '../contracts/source-variables';
import type { Limits } from '../environment/limits';
import type { ImportSet } from '../imports/import-set';
import { readDwarf } from '../wasm/dwarf/dwarf';
import { type WasmModule, decodeModule, isWasm } from '../wasm/module';
import { type ModuleNames, moduleNames } from '../wasm/names';
import { type ModuleText, createModuleText } from '../wasm/text/module-text';
import { dwarfToMapping } from './dwarf-mapping';
import { type Lines, createLines } from './lines';
import { sourceMapToMapping } from './mapping';

export interface DebugCode extends SourceTerms {
  readonly hash: Hash;
  readonly module: WasmModule;
  readonly stepping: SteppingCode;
  readonly names: ModuleNames;
  /** Its functions in the text format. */
  readonly text: ModuleText;
  /** `null` when there is neither source map nor DWARF, or none that can be read. */
  readonly lines: Lines | null;
  readonly contract: ContractInterface;
  /** What its imports are declared as. */
  readonly imports: readonly ImportSet[];
}

/** A fault for code that no stepping machine runs, such as JavaScript. */
export function loadDebugCode(
  {
    hash,
    bytes,
    sourceMap,
  }: { readonly hash: Hash; readonly bytes: Uint8Array; readonly sourceMap: string | null },
  offered: readonly ImportSet[],
  limits: Limits,
): Result<DebugCode, CodeFault> {
  if (!isWasm(bytes))
    return err(fault('unsupported-code', 'this code is no wasm, which alone is stepped through'));
  const stepping = loadSteppingCode(bytes, offered, limits);
  if (!stepping.ok) return stepping;
  const decoded = decodeModule(bytes);
  if (!decoded.ok) return decoded;
  const module = decoded.value;
  const described = describeCode(bytes);
  if (!described.ok) return described;
  const { contract, shape } = described.value;
  const { importedFunctions, bodies } = module;
  const dwarf = sourceMap === null ? readDwarf(module) : null;
  const own = moduleNames(shape);
  const names = { ...own, functions: new Map([...(dwarf?.functions ?? []), ...own.functions]) };
  const mapping = sourceMap === null ? dwarfToMapping(dwarf) : sourceMapToMapping(sourceMap);
  const lines =
    mapping === null
      ? null
      : createLines(mapping, {
          firstFunction: importedFunctions,
          functionCount: bodies.length,
          bodyStart: (index) => bodies[index - importedFunctions]?.start ?? 0,
          instructions: stepping.value.instructions,
          functionName: (index) => names.functions.get(index) ?? null,
        });
  const text = createModuleText(module, names);
  return ok({
    hash,
    module,
    stepping: stepping.value,
    names,
    text,
    lines,
    ...(sourceMap === null ? noSourceTerms : sourceTermsOf(sourceMap)),
    contract,
    imports: stepping.value.sets,
  });
}
