/** What a script says that a call gives. */
import type { Scalar } from '../../../core/container/container';
import { watToWasm } from '../../fixtures/wat';

type Bits = bigint | null;

/** Of each constant as text, its bits; `null` for a pattern, and for a reference. */
export function bitsOfConstants(constants: readonly string[]): readonly Bits[] {
  const functions = constants.map((constant, index) => {
    const [, type] = /^\(\s*([if]\d\d)\.const/.exec(constant) ?? [];
    if (type === undefined || isPattern(constant)) return '';
    const bits = { i32: constant, i64: constant, f32: `(i32.reinterpret_f32 ${constant})` }[type];
    const as = type.endsWith('32') ? 'i32' : 'i64';
    return `(func (export "${index}") (result ${as}) ${bits ?? `(i64.reinterpret_f64 ${constant})`})`;
  });
  const module = new WebAssembly.Module(new Uint8Array(watToWasm(`(module ${functions.join('\n')})`)));
  const { exports } = new WebAssembly.Instance(module);
  return constants.map((_, index) => {
    const give = exports[String(index)];
    return typeof give === 'function' ? BigInt((give as () => Scalar)()) : null;
  });
}

const isPattern = (constant: string): boolean => /nan:(canonical|arithmetic)/.test(constant);

/** Whether a value's bits, as a driven entry gives them, are what the script says. */
export function fits(returned: Scalar | null, expected: string, constant: Bits): boolean {
  if (returned === null) return false;
  const bits = BigInt(returned);
  if (constant !== null) return bits === constant;
  if (/ref\.null/.test(expected)) return bits === 1n;
  if (/ref\./.test(expected)) return bits === 0n;
  const isDouble = /f64/.test(expected);
  const [size, quiet] = isDouble ? [64, 0x7ff8000000000000n] : [32, 0x7fc00000n];
  const unsigned = BigInt.asUintN(size, bits) & ~(1n << BigInt(size - 1));
  return /canonical/.test(expected) ? unsigned === quiet : (unsigned & quiet) === quiet;
}
