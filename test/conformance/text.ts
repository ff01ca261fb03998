import { watToWasm } from '../fixtures/wat';

/** Compiles WebAssembly text as small as it gets: without the names that only people read. */
export const compileText = (text: string): Uint8Array => watToWasm(text, { names: false });
