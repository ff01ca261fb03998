/** Sessions on code in WebAssembly text, for tests. */
import { hashOf } from '../../../core/base/hash';
import type { Scalar } from '../../../core/container/container';
import { type DebugCode, loadDebugCode } from '../../../core/debugger/code';
import type { KeyframeBounds } from '../../../core/debugger/keyframes';
import { type Session, createSession } from '../../../core/debugger/session';
import type { Given } from '../../../core/environment/environment';
import { type Limits, defaultLimits } from '../../../core/environment/limits';
import { allImports } from '../../../core/imports/all';
import { environmentOf } from '../../conformance/environment';
import { compileText } from '../../conformance/text';

export function debugCode(bytes: Uint8Array, sourceMap: string | null = null): DebugCode {
  const code = loadDebugCode({ hash: hashOf(bytes), bytes, sourceMap }, allImports, defaultLimits);
  if (!code.ok) throw new Error(code.error.message);
  return code.value;
}

/** `lines` gives the line of each instruction in order, for each function; 0 for none. All of the file `a.ts`. */
export function mappedCode(text: string, lines: readonly (readonly number[])[]): DebugCode {
  const bytes = compileText(`(module ${text})`);
  const bare = debugCode(bytes);
  const { importedFunctions } = bare.module;
  const segments = lines.flatMap((ofFunction, index) =>
    Array.from(bare.stepping.instructions(importedFunctions + index), (offset, place) => {
      const line = ofFunction[place] ?? 0;
      return line === 0 ? [offset] : [offset, 0, line - 1, place];
    }),
  );
  const map = { version: 3, sources: ['a.ts'], names: [], mappings: [segments] };
  return debugCode(bytes, JSON.stringify(map));
}

export interface Opening {
  readonly args?: readonly Scalar[];
  readonly inputs?: Partial<Given>;
  readonly limits?: Partial<Limits>;
  readonly keyframes?: KeyframeBounds;
}

export function openSession(code: DebugCode, name: string, options: Opening = {}): Session {
  const environment = () => environmentOf({ ...defaultLimits, ...options.limits }, options.inputs);
  return createSession(
    {
      message: environment().message,
      receipt: null,
      time: environment().time,
      code: code.hash,
      bytes: code.module.bytes,
      entry: { name, args: options.args ?? [] },
      limits: environment().limits,
      environment,
    },
    code,
    options.keyframes,
  );
}
