/** NaNs with one sign and payload: which bits arithmetic gives them, engines and their compilers don't agree on. */
import { op } from '../instructions';
import { type Writer, writeByte, writeBytes } from '../writer';
import { writeLocal } from './meter';

/** Turns any NaN on the operand stack into the positive quiet one without payload; needs a local of that type. */
export function writeCanonicalNaN(writer: Writer, type: 'f32' | 'f64', local: number): void {
  writeLocal(writer, op.localTee, local);
  writeBytes(writer, type === 'f32' ? canonicalF32 : canonicalF64);
  writeLocal(writer, op.localGet, local);
  writeLocal(writer, op.localGet, local);
  writeByte(writer, type === 'f32' ? op.f32Eq : op.f64Eq);
  writeByte(writer, op.select);
}

const canonicalF32 = Uint8Array.of(op.f32Const, 0, 0, 0xc0, 0x7f);
const canonicalF64 = Uint8Array.of(op.f64Const, 0, 0, 0, 0, 0, 0, 0xf8, 0x7f);
