import type { VmContainer } from './container';
import { createJavaScriptContainer } from './javascript/javascript-container';
import { createSteppingContainer } from './wasm-stepping/stepping-container';
import { createWasmContainer } from './wasm/wasm-container';
import { withEdits } from './edited';

/** The containers of every world, one for each kind of code. */
export const createContainers = (): readonly VmContainer[] => [
  withEdits(createWasmContainer(), createSteppingContainer()),
  createJavaScriptContainer(),
];
