/** Loading and calling of code in tests. */
import type { CodeFault, LoadedCode, RunResult, Scalar } from '../../../../core/container/container';
import { createWasmContainer } from '../../../../core/container/wasm/wasm-container';
import { type Limits, defaultLimits } from '../../../../core/environment/limits';
import type { Outcome } from '../../../../core/environment/outcome';
import { allImports } from '../../../../core/imports/all';
import type { Result } from '../../../../core/base/result';
import { environmentOf } from '../../../conformance/environment';
import { compileText } from '../../../conformance/text';

/** The fields of a module in WebAssembly text. */
export const tryLoad = (text: string, limits: Limits = defaultLimits): Result<LoadedCode, CodeFault> =>
  createWasmContainer().load(compileText(`(module ${text})`), allImports, limits);

export function load(text: string, limits: Limits = defaultLimits): LoadedCode {
  const code = tryLoad(text, limits);
  if (!code.ok) throw new Error(code.error.message);
  return code.value;
}

export const call = (
  code: LoadedCode,
  name: string,
  args: readonly Scalar[] = [],
  limits: Partial<Limits> = {},
): RunResult => code.run({ name, args }, environmentOf({ ...defaultLimits, ...limits }), null);

export const trapOf = ({ outcome }: RunResult): (Outcome & { readonly kind: 'trap' }) | null =>
  outcome.kind === 'trap' ? outcome : null;
