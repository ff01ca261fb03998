import { describe, expect, test } from 'vitest';
import { bytesToText, textToBytes } from '../../../core/base/bytes';
import { type Value, encodeValue } from '../../../core/base/value';
import type { RunResult, Scalar } from '../../../core/container/container';
import { createWasmContainer } from '../../../core/container/wasm/wasm-container';
import { rootAddress } from '../../../core/environment/address';
import type { Answer } from '../../../core/environment/answer';
import { defaultLimits } from '../../../core/environment/limits';
import { Refusal } from '../../../core/imports/guest';
import type { ImportSet } from '../../../core/imports/import-set';
import type { ImportCall } from '../../../core/imports/trace';
import { environmentOf } from '../../conformance/environment';
import { compileText } from '../../conformance/text';

/** One function of each shape that a declaration can have. */
const probe: ImportSet = {
  name: 'probe',
  doc: 'For tests.',
  functions: {
    sum: {
      doc: 'Adds.',
      params: [
        { kind: 'scalar', name: 'small', type: 'i32' },
        { kind: 'scalar', name: 'large', type: 'i64' },
        { kind: 'scalar', name: 'part', type: 'f64' },
      ],
      result: 'i64',
      gas: { base: 10, perByte: 0 },
      run: (_guest, [small, large, part]) =>
        BigInt(Number(small)) + (typeof large === 'bigint' ? large : 0n) + BigInt(Number(part)),
    },
    say: {
      doc: 'Logs two texts.',
      params: [
        { kind: 'in', name: 'first', form: 'text' },
        { kind: 'in', name: 'second', form: 'text' },
      ],
      result: null,
      gas: { base: 5, perByte: 3 },
      run({ environment }, [first, second]) {
        if (!(first instanceof Uint8Array) || !(second instanceof Uint8Array)) throw new Error('bytes');
        environment.logs.push(bytesToText(first), bytesToText(second));
      },
    },
    shout: {
      doc: 'Gives back a text in capitals, nothing for none.',
      params: [
        { kind: 'in', name: 'text', form: 'text' },
        { kind: 'out', name: 'out', form: 'text' },
      ],
      result: 'i32',
      gas: { base: 1, perByte: 1 },
      run: (_guest, [text]) =>
        text instanceof Uint8Array && text.length > 0 ? textToBytes(bytesToText(text).toUpperCase()) : null,
    },
    refuse: {
      doc: 'Refuses.',
      params: [],
      result: 'f64',
      gas: { base: 0, perByte: 0 },
      run() {
        throw new Refusal('refused', 'not today');
      },
    },
    value: {
      doc: 'Gives a value.',
      params: [{ kind: 'out', name: 'out', form: 'value' }],
      result: 'i32',
      gas: { base: 1, perByte: 0 },
      run: () => encodeValue([1]),
    },
  },
};

const code = compileText(`(module
  (import "probe" "sum" (func $sum (param i32 i64 f64) (result i64)))
  (import "probe" "say" (func $say (param i32 i32 i32 i32)))
  (import "probe" "shout" (func $shout (param i32 i32 i32 i32) (result i32)))
  (import "probe" "refuse" (func $refuse (result f64)))
  (import "probe" "value" (func $value (param i32 i32) (result i32)))
  (memory 1) (data (i32.const 0) "hello, world")
  (func (export "sum") (param i32 i64 f64) (result i64) (call $sum (local.get 0) (local.get 1) (local.get 2)))
  (func (export "say") (param i32 i32 i32 i32) (call $say (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
  (func (export "shout") (param i32 i32) (result i64)
    (i64.or
      (i64.shl (i64.extend_i32_s (call $shout (i32.const 0) (local.get 0) (i32.const 100) (local.get 1))) (i64.const 32))
      (i64.load32_u (i32.const 100))))
  (func (export "refuse") (drop (call $refuse)))
  (func (export "twice") (result i64)
    (drop (call $sum (i32.const 1) (i64.const 2) (f64.const 3))) (call $sum (i32.const 1) (i64.const 2) (f64.const 3)))
  (func (export "value") (result i64) (drop (call $value (i32.const 200) (i32.const 8))) (i64.load (i32.const 200)))
  (func (export "unchecked") (param i32 i32) (result i32) (call $value (local.get 0) (local.get 1))))`);

const container = createWasmContainer();
const loaded = container.load(code, [probe], defaultLimits);
if (!loaded.ok) throw new Error(loaded.error.message);
const { value: run } = loaded;

interface Seen extends RunResult {
  readonly logs: readonly string[];
  readonly calls: readonly ImportCall[];
}

function call(
  name: string,
  args: readonly Scalar[] = [],
  more: { answers?: readonly Answer[]; watch?: boolean } = {},
): Seen {
  const environment = environmentOf({ ...defaultLimits, gas: 10_000 }, { answers: more.answers ?? [] });
  const calls: ImportCall[] = [];
  const observer =
    more.watch === true
      ? { onImport: (seen: ImportCall) => void calls.push(seen), onTrap: () => undefined }
      : null;
  return { ...run.run({ name, args }, environment, observer), logs: environment.logs, calls };
}

const answer = (name: string, value: Value, nth?: number): Answer => ({
  kernel: rootAddress,
  import: `probe.${name}`,
  value,
  ...(nth === undefined ? {} : { call: nth }),
});

describe('arguments and results', () => {
  test('scalars go in and out, i64 as bigint', () => {
    expect(call('sum', [-1, 1n << 40n, 7]).returned).toBe((1n << 40n) + 6n);
  });

  test('bytes are read from the memory', () => {
    expect(call('say', [0, 5, 7, 5]).logs).toEqual(['hello', 'world']);
    expect(call('say', [65_536, 0, 65_531, 5]).logs).toEqual(['', '\0\0\0\0\0']);
  });

  test('bytes are written as far as they fit, the result is their whole length, or -1 for none', () => {
    const word = (text: string) => new DataView(textToBytes(text.padEnd(4, '\0')).buffer).getUint32(0, true);
    const both = (length: number, text: string) =>
      BigInt.asIntN(64, (BigInt(length) << 32n) | BigInt(word(text)));
    expect(call('shout', [4, 100]).returned).toBe(both(4, 'HELL'));
    expect(call('shout', [4, 2]).returned).toBe(both(4, 'HE'));
    expect(call('shout', [0, 100]).returned).toBe(both(-1, ''));
  });

  test.each([
    [
      'say',
      [65_530, 10, 0, 0],
      'probe.say: first is 10 bytes at 65530, beyond the end of the memory of 65536 bytes',
    ],
    [
      'say',
      [0, 0, -1, 1],
      'probe.say: second is 1 bytes at 4294967295, beyond the end of the memory of 65536 bytes',
    ],
    [
      'unchecked',
      [65_536, 1],
      'probe.value: out is 1 bytes at 65536, beyond the end of the memory of 65536 bytes',
    ],
    [
      'unchecked',
      [0, -1],
      'probe.value: out is 4294967295 bytes at 0, beyond the end of the memory of 65536 bytes',
    ],
    ['refuse', [], 'not today'],
  ])('%s(%j) is refused', (name, args, detail) => {
    const result = call(name, args);
    expect(result.outcome).toMatchObject({ kind: 'trap', reason: 'refused', detail });
    expect(result.outcome.kind === 'trap' && result.outcome.position?.offset).toBeGreaterThan(0);
    expect(result.logs).toEqual([]);
  });
});

test('gas is taken for the call, and for each byte in or out', () => {
  const empty = call('say', [0, 0, 0, 0]).gasUsed;
  expect(empty).toBe(5 + 5);
  expect(call('say', [0, 5, 0, 2]).gasUsed).toBe(empty + 7 * 3);
  expect(call('shout', [4, 2]).gasUsed - call('shout', [0, 2]).gasUsed).toBe(4 + 2);
});

test('bytes that are always all given are paid for before the handler makes them', () => {
  const made: number[] = [];
  const set: ImportSet = {
    name: 'probe',
    doc: 'For tests.',
    functions: {
      fill: {
        doc: 'Gives ones.',
        params: [{ kind: 'out', name: 'out', form: 'bytes', filled: true }],
        result: 'i32',
        gas: { base: 1, perByte: 2 },
        run(_guest, [capacity]) {
          made.push(Number(capacity));
          return new Uint8Array(Number(capacity)).fill(1);
        },
      },
    },
  };
  const filling = compileText(`(module
    (import "probe" "fill" (func $fill (param i32 i32) (result i32))) (memory 1)
    (func (export "fill") (param i32) (result i32) (call $fill (i32.const 0) (local.get 0))))`);
  const ready = container.load(filling, [set], defaultLimits);
  if (!ready.ok) throw new Error(ready.error.message);
  const fill = (length: number) =>
    ready.value.run(
      { name: 'fill', args: [length] },
      environmentOf({ ...defaultLimits, gas: 10_000 }, { answers: [] }),
      null,
    );
  expect(fill(60_000).outcome).toMatchObject({ kind: 'trap', reason: 'out of gas' });
  expect(made).toEqual([]);
  expect(fill(100).gasUsed - fill(0).gasUsed).toBe(200);
  expect(made).toEqual([100, 0]);
});

describe('answers given by hand', () => {
  test('stand in for the import, for each call or for one', () => {
    expect(call('twice', [], { answers: [answer('sum', 100)] }).returned).toBe(100n);
    expect(call('twice', [], { answers: [answer('sum', 100, 0)] }).returned).toBe(6n);
    expect(call('twice', [], { answers: [answer('sum', 100), answer('sum', -5n, 1)] }).returned).toBe(-5n);
    expect(call('refuse', [], { answers: [answer('refuse', 0.5)] }).outcome.kind).toBe('ok');
  });

  test('are written to the memory where the import would write', () => {
    const text = call('shout', [4, 100], { answers: [answer('shout', 'by hand')], watch: true });
    expect(text.calls[0]).toMatchObject({
      answered: true,
      result: 7,
      written: { pointer: 100, bytes: textToBytes('by hand') },
    });
    expect(call('shout', [4, 100], { answers: [answer('shout', null)], watch: true }).calls[0]?.result).toBe(
      -1,
    );
    expect(
      call('value', [], { answers: [answer('value', { a: 1 })], watch: true }).calls[0]?.written?.bytes,
    ).toEqual(encodeValue({ a: 1 }));
  });

  test.each([
    ['sum', 'text'],
    ['sum', 1.5],
    ['sum', 1n << 64n],
    ['shout', 5],
  ])('are refused when the import could never give them: %s %s', (name, value) => {
    const args = name === 'sum' ? [1, 1n, 1] : [1, 1];
    expect(call(name, args, { answers: [answer(name, value)] }).outcome).toMatchObject({
      reason: 'refused',
      detail: expect.stringContaining(`probe.${name}`) as string,
    });
  });
});

describe('an observer', () => {
  test('sees each call in order, decoded', () => {
    const { calls, gasUsed } = call('say', [0, 5, 7, 5], { watch: true });
    expect(calls).toEqual([
      {
        index: 0,
        set: 'probe',
        name: 'say',
        args: [
          { name: 'first', value: 'hello', read: { pointer: 0, bytes: textToBytes('hello') } },
          { name: 'second', value: 'world', read: { pointer: 7, bytes: textToBytes('world') } },
        ],
        result: null,
        written: null,
        answered: false,
        gasLeft: 10_000 - gasUsed,
        refused: null,
        stack: [{ function: expect.any(Number), offset: expect.any(Number) }],
      },
    ]);
    expect(call('twice', [], { watch: true }).calls.map(({ index, result }) => [index, result])).toEqual([
      [0, 6n],
      [1, 6n],
    ]);
  });

  test('sees a call that is refused, with the words and the pointer that was wrong', () => {
    expect(call('refuse', [], { watch: true }).calls).toMatchObject([{ refused: 'not today', result: null }]);
    expect(call('say', [65_530, 10, 0, 0], { watch: true }).calls).toMatchObject([
      { args: [{ value: { pointer: 65_530, length: 10 } }, { value: '' }] },
    ]);
  });

  test('changes nothing', () => {
    for (const [name, args] of [
      ['say', [0, 5, 7, 5]],
      ['shout', [5, 3]],
      ['twice', []],
      ['refuse', []],
    ] as const) {
      const { calls: _, ...watched } = call(name, args, { watch: true });
      const { calls: __, ...alone } = call(name, args);
      expect(watched).toEqual(alone);
    }
  });
});
