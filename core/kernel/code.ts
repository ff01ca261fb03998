/** Segments of code made ready to run: loaded in a container, with the methods that their interface declares. */
import type { Disposable } from '../base/disposal';
import { type Fault, fault } from '../base/fault';
import { type Hash, codec, hashToKey, hashToText } from '../base/hash';
import { type Result, err, ok } from '../base/result';
import type { LoadedCode, VmContainer } from '../container/container';
import { describeCode } from '../contracts/describe';
import { type MethodTable, createMethodTable } from '../contracts/entry';
import type { Limits } from '../environment/limits';
import type { ImportSet } from '../imports/import-set';

export interface CodeSegment {
  readonly loaded: LoadedCode;
  readonly methods: MethodTable;
}

/** Where the code of all kernels comes from. Keeps what was used last ready. */
export interface CodeLoader extends Disposable {
  /** A fault when the code isn't there, isn't fit for the container, or imports what nobody offers. */
  load(hash: Hash): Result<CodeSegment, Fault>;
  /** The same for code that isn't in the store yet. */
  loadNew(hash: Hash, bytes: Uint8Array): Result<CodeSegment, Fault>;
}

/** Compiled modules cost memory outside the heap, so only so many stay. */
const mostLoaded = 512;

export function createCodeLoader(options: {
  /** One for each kind of code. */
  readonly containers: readonly VmContainer[];
  readonly imports: readonly ImportSet[];
  readonly limits: Limits;
  readonly codeByHash: (hash: Hash) => Uint8Array | undefined;
}): CodeLoader {
  const { containers, imports, limits, codeByHash } = options;
  const segmentByHash = new Map<string, Result<CodeSegment, Fault>>();
  /** A kernel holds on to its hash, so that the object itself is the quickest key. */
  let segmentByHashObject = new WeakMap<Hash, Result<CodeSegment, Fault>>();

  function prepare(bytes: Uint8Array): Result<CodeSegment, Fault> {
    const description = describeCode(bytes);
    if (!description.ok) return description;
    const container = containers.find((candidate) => candidate.accepts(bytes));
    if (container === undefined)
      return err(fault('unsupported-code', 'no container takes code of this kind'));
    const loaded = container.load(bytes, imports, limits);
    if (!loaded.ok) return loaded;
    return ok({ loaded: loaded.value, methods: createMethodTable(description.value) });
  }

  function keep(hash: Hash, segment: Result<CodeSegment, Fault>): Result<CodeSegment, Fault> {
    segmentByHash.set(hashToKey(hash), segment);
    if (segmentByHash.size > mostLoaded) {
      const [oldestKey, oldest] = segmentByHash.entries().next().value ?? [];
      if (oldestKey !== undefined) segmentByHash.delete(oldestKey);
      if (oldest?.ok === true) oldest.value.loaded.dispose();
      segmentByHashObject = new WeakMap();
    }
    return segment;
  }

  const loader: CodeLoader = {
    load(hash) {
      const lately = segmentByHashObject.get(hash);
      if (lately !== undefined) return lately;
      const key = hashToKey(hash);
      const known = segmentByHash.get(key);
      if (known !== undefined) {
        segmentByHashObject.set(hash, known);
        return known;
      }
      const bytes = codeByHash(hash);
      if (bytes !== undefined) return keep(hash, prepare(bytes));
      // It may come yet.
      return err(fault('missing-block', `the code ${hashToText(hash, codec.raw)} is not in the store`));
    },
    loadNew(hash, bytes) {
      const known = segmentByHash.get(hashToKey(hash));
      return known?.ok === true ? known : keep(hash, prepare(bytes));
    },
    dispose() {
      for (const segment of segmentByHash.values()) if (segment.ok) segment.value.loaded.dispose();
      segmentByHash.clear();
    },
  };
  return loader;
}
