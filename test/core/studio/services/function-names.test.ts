import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeCode } from '../../../../core/contracts/describe';
import { readFunctionNames } from '../../../../core/studio/services/function-names';
import { watToWasm } from '../../../fixtures/wat';

test('functions have the names that their text gave them', async () => {
  const described = describeCode(
    await watToWasm('(module (func $first) (func) (func $third (param $x i32) (local $y i32)))'),
  );
  if (!described.ok) throw new Error(described.error.message);
  const section = described.value.shape.customSections.get('name') ?? new Uint8Array();
  expect([...readFunctionNames(section)]).toStrictEqual([
    [0, 'first'],
    [2, 'third'],
  ]);
});

test('any bytes at all are read to an end', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => void readFunctionNames(bytes)));
});
