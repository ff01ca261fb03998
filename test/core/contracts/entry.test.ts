import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textToBytes } from '../../../core/base/bytes';
import { type Value, decodeValue, encodeValue } from '../../../core/base/value';
import { describeCode } from '../../../core/contracts/describe';
import { createMethodTable, encodeReturned } from '../../../core/contracts/entry';
import { type ContractInterface, interfaceSection } from '../../../core/contracts/interface';
import { createTypeReader } from '../../../core/contracts/types';
import { withCustomSection } from '../../../core/wasm/custom-section';
import { watToWasm } from '../../fixtures/wat';

const module = watToWasm(`(module
  (func (export "add") (param i64 i32) (result i64) (local.get 0))
  (func (export "itself"))
  (func (export "_hidden"))
  (func (export "many") (result i32 i32) (i32.const 1) (i32.const 2)))`);

const withInterface = (contract: unknown) =>
  withCustomSection(module, interfaceSection, textToBytes(JSON.stringify(contract)));

const described = (code: Uint8Array) => {
  const description = describeCode(code);
  if (!description.ok) throw new Error(description.error.message);
  return description.value;
};

const contract: ContractInterface = {
  kernelscope: 1,
  records: [],
  methods: [
    {
      name: 'add',
      params: [
        { name: 'amount', type: 'u64' },
        { name: 'twice', type: 'bool' },
      ],
      result: 'u64',
    },
    { name: 'itself', params: [{ name: 'name', type: 'string' }], result: 'string' },
  ],
};

const resolve = (code: Uint8Array, method: string, args: readonly Value[]) =>
  createMethodTable(described(code)).resolve(method, encodeValue(args));

describe('a call', () => {
  it('takes scalars as wasm numbers, 64 bits of them as signed', () => {
    expect(resolve(withInterface(contract), 'add', [2n ** 64n - 1n, true])).toMatchObject({
      ok: true,
      value: { entry: { name: 'add', args: [-1n, 1] } },
    });
  });

  it('leaves all else to the contract', () => {
    expect(resolve(withInterface(contract), 'itself', ['alice'])).toMatchObject({
      ok: true,
      value: { entry: { name: 'itself', args: [] }, result: null },
    });
  });

  it.each<[string, Value[], string]>([
    ['add', [-1, true], 'add: amount: expected u64, got -1'],
    ['add', [1], 'add: it takes (amount: u64, twice: bool), and was given 1 arguments'],
    ['itself', [3], 'itself: name: expected string, got 3'],
    ['lose', [], 'no method lose; the contract has add, itself'],
  ])('of %s with what does not fit is told in words', (method, args, words) => {
    const call = resolve(withInterface(contract), method, args);
    expect(!call.ok && call.error.message).toBe(words);
  });

  it('of bytes that are no list is refused', () => {
    const table = createMethodTable(described(withInterface(contract)));
    for (const bytes of [
      Uint8Array.of(),
      Uint8Array.of(0xa0),
      Uint8Array.of(0xff),
      Uint8Array.of(0x9f, 0xff),
    ]) {
      expect(table.resolve('add', bytes).ok).toBe(false);
    }
  });
});

describe('an interface', () => {
  it('without a section is made from the exports', () => {
    expect(described(module).contract.methods).toEqual([
      {
        name: 'add',
        params: [
          { name: 'arg0', type: 's64' },
          { name: 'arg1', type: 's32' },
        ],
        result: 's64',
      },
      { name: 'itself', params: [], result: null },
    ]);
  });

  it.each([
    [{ ...contract, methods: [...contract.methods, { name: 'ghost', params: [], result: null }] }, 'ghost'],
    [{ ...contract, methods: [{ name: 'add', params: [], result: 'u64' }] }, 'different parameters'],
    [
      {
        ...contract,
        methods: [
          {
            name: 'add',
            params: [
              { name: 'a', type: 'u32' },
              { name: 'b', type: 'u64' },
            ],
            result: 'u64',
          },
        ],
      },
      'different parameters',
    ],
    [
      { ...contract, methods: [{ name: 'itself', params: [{ name: 'x', type: 'nonsense' }], result: null }] },
      'nonsense',
    ],
    [{ kernelscope: 2 }, 'not as it should be'],
    ['text', 'not as it should be'],
  ])('that lies is believed only where it can be', (lying, words) => {
    const { contract: found, warnings } = described(withInterface(lying));
    expect(warnings.join()).toContain(words);
    expect(found.methods.map(({ name }) => name)).not.toContain('ghost');
  });

  it('that is no JSON at all does no harm', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(described(withCustomSection(module, interfaceSection, bytes)).warnings).toHaveLength(1);
      }),
    );
  });
});

it.each<[string, number | bigint, Value]>([
  ['u64', -1n, 2n ** 64n - 1n],
  ['s64', -1n, -1],
  ['u32', -1, 4294967295],
  ['u8', 257, 1],
  ['bool', 2, true],
  ['f64', 2.5, 2.5],
  ['f64', 2, 2],
  ['f64', NaN, 'NaN'],
  ['f64', -Infinity, '-Infinity'],
])('a returned %s of %s is %s', (text, scalar, value) => {
  const type = createTypeReader()(text);
  expect(type.ok && decodeValue(encodeReturned(type.value, scalar))).toEqual({ ok: true, value });
});
