/** Import calls as they cross to a window. */
import { bytesToText } from '../../base/bytes';
import { decodeValue } from '../../base/value';
import type { BytesForm } from '../../imports/import-set';
import type { ImportCall, TracedBytes } from '../../imports/trace';
import type { ImportCallRow } from '../protocol/world';
import { bytesToWire, valueToPreview, valueToWire } from './wire-values';

/** Without the calls that led to it, which are places in a code. */
export function importCallToRow(call: ImportCall): Omit<ImportCallRow, 'stack'> {
  return {
    index: call.index,
    set: call.set,
    name: call.name,
    args: call.args.map(({ name, value, read }) => ({
      name,
      value: valueToPreview(value),
      read: read === null ? null : tracedToWire(read),
    })),
    result: typeof call.result === 'bigint' ? (valueToWire(call.result) as number | bigint) : call.result,
    written:
      call.written === null
        ? null
        : { ...tracedToWire(call.written), ...shownAs(call.written.form, call.written.bytes) },
    answered: call.answered,
    gasLeft: call.gasLeft,
    refused: call.refused,
  };
}

const tracedToWire = ({ pointer, bytes }: TracedBytes) => ({ pointer, data: bytesToWire(bytes) });

function shownAs(form: BytesForm, bytes: Uint8Array) {
  if (form === 'text') return { value: valueToPreview(bytesToText(bytes)) };
  const value = form === 'value' ? decodeValue(bytes) : null;
  return value?.ok === true ? { value: valueToPreview(value.value) } : {};
}
