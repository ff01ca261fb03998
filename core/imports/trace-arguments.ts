/** What an observer is shown of an import's arguments. */
import { bytesToText, textToBytes, bytesEqual } from '../base/bytes';
import { type Value, decodeValue } from '../base/value';
import type { BytesForm, Param } from './import-set';
import type { TracedArgument } from './trace';

/** Copies; bytes that are out of the memory are shown as their pointer and length. An `out` is its capacity. */
export function traceArguments(
  params: readonly Param[],
  raw: readonly (number | bigint)[],
  memory: Uint8Array,
): TracedArgument[] {
  let at = 0;
  return params.map(({ name, ...param }): TracedArgument => {
    if (param.kind === 'scalar') return { name, value: raw[at++] ?? 0, read: null };
    const pointer = Number(raw[at]) >>> 0;
    const length = Number(raw[at + 1]) >>> 0;
    at += 2;
    if (param.kind === 'out') return { name, value: length, read: null };
    if (pointer + length > memory.length) return { name, value: { pointer, length }, read: null };
    const bytes = memory.slice(pointer, pointer + length);
    return { name, value: decode(bytes, param.form), read: { pointer, bytes } };
  });
}

function decode(bytes: Uint8Array, form: BytesForm): Value {
  if (form === 'text') {
    const text = bytesToText(bytes);
    return bytesEqual(textToBytes(text), bytes) ? text : bytes;
  }
  if (form === 'value') {
    const value = decodeValue(bytes);
    return value.ok ? value.value : bytes;
  }
  return bytes;
}
