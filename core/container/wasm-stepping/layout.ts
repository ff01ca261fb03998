/** Where a module's things lie in the memory that its interpreter works in. */
import { largestStack } from '../../wasm/metering/meter';
import type { WasmModule } from '../../wasm/module';
import { Register, breakpointBytes, functionBytes, pageBits } from './operations';

/** Addresses in bytes. All but the code's is known before the code is translated. */
export interface FixedLayout {
  /** Of 8 bytes each. */
  readonly globals: number;
  /** Descriptors of {@link descriptorBytes} each: where the contents are, how many, and the most there may be. */
  readonly tables: number;
  readonly elements: number;
  readonly data: number;
  /** The end of what a snapshot keeps as it is. */
  readonly momentEnd: number;
  readonly functions: number;
  readonly watches: number;
  readonly code: number;
}

export interface Layout extends FixedLayout {
  readonly tableContents: readonly number[];
  readonly elementContents: readonly number[];
  readonly dataContents: readonly number[];
  readonly breakpoints: number;
  readonly stack: number;
  readonly pageFlags: number;
  readonly memory: number;
}

export const descriptorBytes = 16;

/** Where what a snapshot keeps as it is begins. */
export const momentStart: number = Register.pc;

/** Ranges of the memory that can be watched at once. */
export const mostWatches = 256;

const watchBytes = 16;
const guestPage = 1 << 16;

export function layOutModule({ globals, tables, elements, data, functionTypes }: WasmModule): FixedLayout {
  const place = placeFrom(Register.end);
  const fixed = {
    globals: place(8 * globals.length),
    tables: place(descriptorBytes * tables.length),
    elements: place(descriptorBytes * elements.length),
    data: place(descriptorBytes * data.length),
  };
  return {
    ...fixed,
    momentEnd: place(0),
    functions: place(functionBytes * functionTypes.length),
    watches: place(watchBytes * mostWatches),
    code: place(0),
  };
}

export interface Sizes {
  readonly codeWords: number;
  /** Places at which a breakpoint may be. */
  readonly breakpoints: number;
  /** Entries that each table may have. */
  readonly tableBounds: readonly number[];
  /** The most slots of stack that one call takes. */
  readonly largestFrame: number;
  /** Pages of 64 KiB that the guest's memory may have. */
  readonly pages: number;
}

/** Everything whose size is known once the code is translated follows it. */
export function layOutAfterCode(fixed: FixedLayout, module: WasmModule, sizes: Sizes): Layout {
  const place = placeFrom(fixed.code + 4 * sizes.codeWords);
  return {
    ...fixed,
    tableContents: sizes.tableBounds.map((entries) => place(4 * entries)),
    elementContents: module.elements.map(({ items }) => place(4 * items.length)),
    dataContents: module.data.map(({ bytes }) => place(bytes.length)),
    breakpoints: place(breakpointBytes * sizes.breakpoints),
    // A call is found to go too deep only when it has its frame.
    stack: place(8 * (largestStack + 2 * sizes.largestFrame)),
    pageFlags: place(sizes.pages << (16 - pageBits)),
    memory: Math.ceil(place(0) / guestPage) * guestPage,
  };
}

/** Gives addresses one after the other, in multiples of 8. */
function placeFrom(start: number): (bytes: number) => number {
  let next = Math.ceil(start / 8) * 8;
  return (bytes) => {
    const at = next;
    next += Math.ceil(bytes / 8) * 8;
    return at;
  };
}
