import { describe, expect, test } from 'vitest';
import { defaultLimits } from '../../../../core/environment/limits';
import { compileText } from '../../../conformance/text';
import { loadInAll, tryLoad } from './code';

describe('code that can not be loaded', () => {
  test.each([
    ['(import "kernel" "lg" (func (param i32 i32)))', 'missing-import', /kernel\.lg .*no such function/],
    [
      '(import "kernel" "log" (func (param i32)))',
      'missing-import',
      /\(i32\) -> \(\), and it is \(i32, i32\) -> \(\)/,
    ],
    ['(import "env" "abort" (func))', 'missing-import', /no import set "env"/],
    ['(import "kernel" "toString" (func))', 'missing-import', /no such function/],
    ['(import "env" "memory" (memory 1))', 'missing-import', /imported memory/],
    ['(import "env" "g" (global i32))', 'missing-import', /imported global/],
    ['(memory 300)', 'unsupported-code', /300 pages; the limit is 256/],
    ['(table 70000 funcref)', 'unsupported-code', /70000 entries/],
  ])('%s', (text, code, message) => {
    expect(tryLoad(text)).toMatchObject({
      ok: false,
      error: { code, message: expect.stringMatching(message) as string },
    });
  });

  test('is invalid by the words and at the offset that the engine gives', () => {
    const bytes = compileText('(module (func (result i32) (i32.const 1)))');
    bytes[bytes.length - 3] = 0x42;
    const loaded = loadInAll(bytes, [], defaultLimits);
    expect(loaded).toMatchObject({
      ok: false,
      error: { code: 'invalid-code', position: { offset: bytes.length - 1 } },
    });
  });
});
