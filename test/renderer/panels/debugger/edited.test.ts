import { expect, test } from 'vitest';
import { editOfValue, editedBytes } from '../../../../renderer/panels/debugger/edited';
import type { MadeEdit } from '../../../../renderer/store/debug/edits';

const made = (id: number, moment: number, edited: MadeEdit['edited']): MadeEdit => ({
  id,
  moment,
  place: { function: 0, functionName: null, offset: 0, source: null },
  edited,
});
const wire = (...bytes: number[]) => ({ bytes: Uint8Array.from(bytes), length: bytes.length });
const value = { index: 1, name: null, type: 'i32', before: 1, after: 2 };

test('bytes are put there by hand for as long as they are what was put there', () => {
  const edits = [made(0, 5, { kind: 'memory', address: 10, before: wire(0, 0, 0), after: wire(1, 2, 3) })];
  const shown = { address: 8, bytes: Uint8Array.of(0, 0, 1, 9, 3, 0) };
  expect(editedBytes(edits, 4, shown)).toStrictEqual([]);
  expect(editedBytes(edits, 5, shown)).toStrictEqual([
    { id: 0, address: 10, length: 1 },
    { id: 0, address: 12, length: 1 },
  ]);
});

test('a local is told as changed at its moment in its call, a global until it is something else', () => {
  const local = made(0, 5, { kind: 'local', frame: 0, ...value });
  const global = made(1, 5, { kind: 'global', frame: 0, ...value });
  const edits = [local, global];
  const row = { index: 1, value: 2 };
  expect(editOfValue(edits, 5, { of: 'locals', frame: 0, row })).toBe(local);
  expect(editOfValue(edits, 5, { of: 'locals', frame: 1, row })).toBeUndefined();
  expect(editOfValue(edits, 6, { of: 'locals', frame: 0, row })).toBeUndefined();
  expect(editOfValue(edits, 6, { of: 'globals', frame: 3, row })).toBe(global);
  expect(editOfValue(edits, 6, { of: 'globals', frame: 0, row: { ...row, value: 3 } })).toBeUndefined();
});
