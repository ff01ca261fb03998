import type { VmContainer } from './container';
import { createJavaScriptContainer } from './javascript/javascript-container';
import { createWasmContainer } from './wasm/wasm-container';

/** The containers of every world, one for each kind of code. */
export const createContainers = (): readonly VmContainer[] => [
  createWasmContainer(),
  createJavaScriptContainer(),
];
