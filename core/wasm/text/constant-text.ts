/** Constants as the text format writes them: read again, they have the same bits. */
import type { Instruction } from '../decode-instruction';
import { readS64 } from '../reader';

export function constantText(bytes: Uint8Array, { info, first, immediateAt }: Instruction): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset + immediateAt);
  switch (info.immediate) {
    case 'i64':
      return readS64({ bytes, at: immediateAt, end: bytes.length }).toString();
    case 'f32':
      return floatText(view.getFloat32(0, true), BigInt(view.getUint32(0, true)), single);
    case 'f64':
      return floatText(view.getFloat64(0, true), view.getBigUint64(0, true), double);
    default:
      return String(first);
  }
}

interface FloatFormat {
  readonly bits: bigint;
  readonly fractionBits: bigint;
  /** As few digits as tell the number from its neighbours. */
  readonly digits: (value: number) => string;
}

const double: FloatFormat = { bits: 64n, fractionBits: 52n, digits: String };

const single: FloatFormat = {
  bits: 32n,
  fractionBits: 23n,
  digits: (value) => {
    const short = [6, 7, 8, 9].map((digits) => Number(value.toPrecision(digits)));
    return String(short.find((candidate) => Math.fround(candidate) === value) ?? value);
  },
};

function floatText(value: number, bits: bigint, { bits: size, fractionBits, digits }: FloatFormat): string {
  const sign = bits >> (size - 1n) === 1n ? '-' : '';
  if (Number.isFinite(value)) return `${sign}${digits(Math.abs(value))}`;
  if (!Number.isNaN(value)) return `${sign}inf`;
  const payload = bits & ((1n << fractionBits) - 1n);
  const isCanonical = payload === 1n << (fractionBits - 1n);
  return isCanonical ? `${sign}nan` : `${sign}nan:0x${payload.toString(16)}`;
}
