import { textToBytes } from '../../base/bytes';
import { type Result, ok } from '../../base/result';
import { importsSection } from '../../imports/carried-set';
import { type BundleFault, bytesToBundle } from '../../javascript/bundle';
import type { ModuleShape } from '../../wasm/shape';
import { interfaceSection } from '../interface';

/** What a bundle shows to the outside: functions that read the message and reply by themselves. */
export function describeBundle(code: Uint8Array): Result<ModuleShape, BundleFault> {
  const bundle = bytesToBundle(code);
  if (!bundle.ok) return bundle;
  const { exports, interface: contract, imports } = bundle.value;
  return ok({
    imports: [],
    exports: exports.map(({ name }) => ({ name, kind: 'function', type: { params: [], results: [] } })),
    customSections: new Map([
      [interfaceSection, textToBytes(contract)],
      ...(imports === null ? [] : [[importsSection, imports] as const]),
    ]),
  });
}
