/** Proposals to wasm that kernels don't take: what they are called, and how to do without. */

export interface Proposal {
  readonly name: string;
  readonly remedy: string;
}

export const proposals = {
  simd: {
    name: 'SIMD',
    remedy:
      'Compile without it (clang -mno-simd128, rustc -C target-feature=-simd128, asc without --enable simd): a NaN in a vector has other bits on other machines.',
  },
  relaxedSimd: {
    name: 'relaxed SIMD',
    remedy:
      'Compile without it (clang -mno-relaxed-simd, rustc -C target-feature=-relaxed-simd, asc without --enable relaxed-simd): it gives other results on other machines.',
  },
  threads: {
    name: 'threads and atomics',
    remedy:
      'Compile without it (clang without -pthread and -matomics, rustc -C target-feature=-atomics, asc without --enable threads): a message runs alone, in a memory of its own.',
  },
  exceptions: {
    name: 'exception handling',
    remedy:
      'Compile without it (clang without -fwasm-exceptions, rustc -C panic=abort): a trap ends the run and undoes it.',
  },
  garbageCollection: {
    name: 'garbage collection and typed function references',
    remedy: 'Compile for linear memory; funcref and externref may be used.',
  },
  stackSwitching: {
    name: 'stack switching',
    remedy: 'Compile without coroutines: a message runs from its beginning to its end.',
  },
  multiMemory: { name: 'multi-memory', remedy: 'Use one memory.' },
  memory64: {
    name: 'memory64',
    remedy: 'Compile for memory of 32 bits, for wasm32 rather than wasm64.',
  },
  customPageSizes: { name: 'custom page sizes', remedy: 'Use pages of 64 KiB.' },
  extendedConstants: {
    name: 'extended constant expressions',
    remedy:
      'Compile without it (clang -mno-extended-const, rustc -C target-feature=-extended-const), or compute the value in the start function.',
  },
  wideArithmetic: {
    name: 'wide arithmetic',
    remedy: 'Compile without it (clang -mno-wide-arithmetic, rustc -C target-feature=-wide-arithmetic).',
  },
} as const satisfies Readonly<Record<string, Proposal>>;
