/** Loading and calling of code in tests. */
import { expect } from 'vitest';
import type {
  CodeFault,
  LoadedCode,
  RunResult,
  Scalar,
  VmContainer,
} from '../../../../core/container/container';
import { createSteppingContainer } from '../../../../core/container/wasm-stepping/stepping-container';
import { createWasmContainer } from '../../../../core/container/wasm/wasm-container';
import { type Limits, defaultLimits } from '../../../../core/environment/limits';
import type { Outcome } from '../../../../core/environment/outcome';
import { allImports } from '../../../../core/imports/all';
import { type Result, ok } from '../../../../core/base/result';
import type { ImportSet } from '../../../../core/imports/import-set';
import { environmentOf } from '../../../conformance/environment';
import { compileText } from '../../../conformance/text';

const containers: readonly VmContainer[] = [createWasmContainer(), createSteppingContainer()];

/** The fields of a module in WebAssembly text. */
export const tryLoad = (text: string, limits: Limits = defaultLimits): Result<LoadedCode, CodeFault> =>
  loadInAll(compileText(`(module ${text})`), allImports, limits);

/** In every container that runs wasm: all of them say the same of it, and give the same for each run. */
export function loadInAll(
  bytes: Uint8Array,
  imports: readonly ImportSet[],
  limits: Limits,
): Result<LoadedCode, CodeFault> {
  const [loaded, ...others] = containers.map((container) => container.load(bytes, imports, limits));
  if (loaded === undefined) throw new Error('there is a container');
  for (const other of others) if (!loaded.ok || !other.ok) expect(other).toEqual(loaded);
  if (!loaded.ok) return loaded;
  return ok({
    run(entry, environment, observer) {
      const result = loaded.value.run(entry, { ...environment }, observer);
      for (const other of others) {
        if (other.ok) expect(other.value.run(entry, { ...environment }, observer)).toEqual(result);
      }
      return result;
    },
    dispose: () => loaded.value.dispose(),
  });
}

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
