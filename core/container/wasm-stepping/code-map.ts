/** Which operation of translated code stands for which instruction of the module. */
import type { CodePosition } from '../../environment/outcome';
import type { WasmModule } from '../../wasm/module';

/** An operation that a run may stand at. */
export interface MapEntry {
  readonly address: number;
  /** Of the instruction in the module; of structure, of what it leads to. */
  readonly offset: number;
  /** Instructions from it to the end of its straight line, itself included; 0 when it is none. */
  rest: number;
}

export interface CodeMap {
  /** Operations at which a breakpoint may be. */
  readonly size: number;
  readonly addresses: Int32Array;
  readonly offsets: Int32Array;
  readonly rests: Int32Array;
  /** The place in the map of the operation at this address, or the first one after it. */
  placeFrom(address: number): number;
  /** Of the operation at this address; 0 when it is no instruction. */
  restAt(address: number): number;
  positionAt(address: number): CodePosition;
  /** Of the last operation before this address: the call, when it is where a call returns to. */
  positionBefore(address: number): CodePosition;
  /** The instruction at this offset, or the first after it in the same function. */
  instructionFrom(offset: number): { readonly address: number; readonly position: CodePosition } | null;
  /** Offsets of a function's instructions. */
  instructions(functionIndex: number): Int32Array;
}

/** `entries` and `starts`, the functions' own addresses, are in order. */
export function createCodeMap(
  entries: readonly MapEntry[],
  starts: readonly number[],
  { bodies, importedFunctions }: WasmModule,
): CodeMap {
  const addresses = Int32Array.from(entries, ({ address }) => address);
  const offsets = Int32Array.from(entries, ({ offset }) => offset);
  const rests = Int32Array.from(entries, ({ rest }) => rest);
  const codeStarts = bodies.map(({ code }) => code);

  const placeFrom = (address: number): number => lowerBound(addresses, address);
  const functionAt = (address: number): number => lowerBound(starts, address + 1) - 1 + importedFunctions;
  const placesOf = (functionIndex: number): readonly [from: number, to: number] => {
    const body = functionIndex - importedFunctions;
    const start = starts[body];
    if (start === undefined) return [0, 0];
    const end = starts[body + 1];
    return [placeFrom(start), end === undefined ? addresses.length : placeFrom(end)];
  };

  return {
    size: addresses.length,
    addresses,
    offsets,
    rests,
    placeFrom,
    restAt(address) {
      const place = placeFrom(address);
      return addresses[place] === address ? (rests[place] ?? 0) : 0;
    },
    positionAt: (address) => ({ function: functionAt(address), offset: offsets[placeFrom(address)] ?? 0 }),
    positionBefore(address) {
      const place = placeFrom(address) - 1;
      return { function: functionAt(addresses[place] ?? 0), offset: offsets[place] ?? 0 };
    },
    instructionFrom(offset) {
      const functionIndex = lowerBound(codeStarts, offset + 1) - 1 + importedFunctions;
      const [from, to] = placesOf(functionIndex);
      for (let place = Math.max(from, lowerBound(offsets, offset)); place < to; place++) {
        if ((rests[place] ?? 0) === 0) continue;
        const position = { function: functionIndex, offset: offsets[place] ?? 0 };
        return { address: addresses[place] ?? 0, position };
      }
      return null;
    },
    instructions(functionIndex) {
      const [from, to] = placesOf(functionIndex);
      return offsets.subarray(from, to).filter((_, place) => (rests[from + place] ?? 0) > 0);
    },
  };
}

/** The place of the first value that is not less. */
function lowerBound(values: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
