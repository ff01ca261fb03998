/** What is known of each segment of code, read once from its bytes: methods, names, and where its source is. */
import { bytesEqual, bytesToText, textToBytes } from '../../base/bytes';
import { type Fault, fault } from '../../base/fault';
import { type Hash, codec, hashToKey, hashToText, textToHash } from '../../base/hash';
import type { Storage } from '../../base/storage';
import { dwarfToMapping } from '../../debugger/dwarf-mapping';
import { type Lines, createSourceFinder } from '../../debugger/lines';
import { sourceMapToMapping } from '../../debugger/mapping';
import { describeCode } from '../../contracts/describe';
import { type MethodTable, createMethodTable } from '../../contracts/entry';
import type { Method } from '../../contracts/interface';
import { type BundleFile, bytesToBundle, isBundle } from '../../javascript/bundle';
import { offsetToLine } from '../../javascript/script-place';
import type { CodePosition } from '../../environment/outcome';
import { readDwarf } from '../../wasm/dwarf/dwarf';
import { type WasmModule, decodeModule } from '../../wasm/module';
import { moduleNames } from '../../wasm/names';
import type { CodeFrame, WireInterface } from '../protocol/wire';
import { interfaceToWire } from './wire-values';

export interface CodeBook {
  /** The source map that was kept with code; `null` for none. */
  sourceMap(code: Hash): string | null;
  /** `null` for code that can't be read. */
  interface(code: Hash): WireInterface | null;
  /** `null` for no code, and for a method that its interface doesn't have. */
  method(code: Hash | null, name: string): Method | null;
  /** Why a message would be rejected; `null` when it would run. */
  refusal(code: Hash, method: string, args: Uint8Array): Fault | null;
  /** Places in the code with the names of their functions, and in the source when there is a source map, or DWARF. */
  frames(code: Hash, stack: readonly CodePosition[]): CodeFrame[];
}

/** Keeps the source map of code that was built, in the index of the store. */
export function keepSourceMap(storage: Storage, code: Hash, sourceMap: string): void {
  storage.write({ blocks: [], entries: [[sourceMapKey(code), textToBytes(sourceMap)]] });
}

/** Keys of the source maps of code that isn't live. */
export function* deadSourceMaps(
  storage: Storage,
  isLive: (hash: Hash) => boolean,
): Generator<string, void, undefined> {
  for (const [key] of storage.entries('source-map/', 'source-map0')) {
    const code = textToHash(key.slice('source-map/'.length), codec.raw);
    if (code === null || !isLive(code)) yield key;
  }
}

export function createCodeBook(storage: Storage): CodeBook {
  const entryByCode = new Map<string, CodeEntry | null>();
  let lastFinder: { readonly code: Hash; readonly sourceOf: Lines['sourceOf'] } | null = null;

  function entryOf(code: Hash): CodeEntry | null {
    const key = hashToKey(code);
    let entry = entryByCode.get(key);
    if (entry === undefined) {
      entry = readCode(storage.block(code));
      if (entryByCode.size >= mostEntries) entryByCode.delete(entryByCode.keys().next().value ?? '');
      entryByCode.set(key, entry);
    }
    return entry;
  }

  /** Maps are large, and looked into one message at a time: only the last one is kept. */
  function finderOf(code: Hash, nameByFunction: CodeEntry['nameByFunction']): Lines['sourceOf'] {
    if (lastFinder === null || !bytesEqual(lastFinder.code, code)) {
      const module = moduleOf(storage.block(code));
      const text = sourceMap(code);
      const mapping = text === null ? module && dwarfToMapping(readDwarf(module)) : sourceMapToMapping(text);
      const sourceOf =
        module === null || mapping === null
          ? () => null
          : createSourceFinder(mapping, {
              bodyStart: (index) => module.bodies[index - module.importedFunctions]?.start ?? 0,
              functionName: (index) => nameByFunction.get(index) ?? null,
            });
      lastFinder = { code, sourceOf };
    }
    return lastFinder.sourceOf;
  }

  function sourceMap(code: Hash): string | null {
    const bytes = storage.entry(sourceMapKey(code));
    return bytes === undefined ? null : bytesToText(bytes);
  }

  return {
    sourceMap,
    interface: (code) => entryOf(code)?.wire ?? null,
    method: (code, name) => (code === null ? null : (entryOf(code)?.methodByName.get(name) ?? null)),
    refusal(code, method, args) {
      const entry = entryOf(code);
      if (entry === null)
        return fault('bad-code', 'the code of this kernel is not in the store, or is no module');
      const call = entry.methods.resolve(method, args);
      return call.ok ? null : call.error;
    },
    frames(code, stack) {
      if (stack.length === 0) return [];
      const entry = entryOf(code);
      const sourceOf = entry?.files === null ? finderOf(code, entry.nameByFunction) : () => null;
      return stack.map(({ function: index, offset, name }) => {
        const functionName = entry?.nameByFunction.get(index) ?? name ?? null;
        const file = entry?.files?.[index];
        const place = sourceOf(index, offset);
        const source = file === undefined ? place && { ...place, offset } : placeIn(file, offset);
        return { function: index, functionName, offset, source };
      });
    },
  };
}

const sourceMapKey = (code: Hash): string => `source-map/${hashToText(code, codec.raw)}`;

const mostEntries = 256;

interface CodeEntry {
  readonly wire: WireInterface;
  readonly methods: MethodTable;
  readonly methodByName: ReadonlyMap<string, Method>;
  readonly nameByFunction: ReadonlyMap<number, string>;
  /** Its source, when that is what it is made of. */
  readonly files: readonly BundleFile[] | null;
}

function readCode(bytes: Uint8Array | undefined): CodeEntry | null {
  if (bytes === undefined) return null;
  const description = describeCode(bytes);
  if (!description.ok) return null;
  const { contract, shape } = description.value;
  return {
    wire: interfaceToWire(contract),
    methods: createMethodTable(description.value),
    methodByName: new Map(contract.methods.map((method) => [method.name, method])),
    nameByFunction: moduleNames(shape).functions,
    files: filesOf(bytes),
  };
}

function moduleOf(bytes: Uint8Array | undefined): WasmModule | null {
  const module = bytes === undefined ? null : decodeModule(bytes);
  return module?.ok === true ? module.value : null;
}

function filesOf(code: Uint8Array): readonly BundleFile[] | null {
  const bundle = isBundle(code) ? bytesToBundle(code) : null;
  return bundle?.ok === true ? bundle.value.files : null;
}

const placeIn = ({ path, text }: BundleFile, offset: number): CodeFrame['source'] => ({
  file: path,
  ...offsetToLine(text, offset),
  offset,
});
