/** What bytes make of hostile code: calls of imports with arguments of every kind, and mutated modules and bundles. */
import { concatBytes, textToBytes } from '../../../../core/base/bytes';
import { encodeValue } from '../../../../core/base/value';
import { allImports } from '../../../../core/imports/all';
import type { Param } from '../../../../core/imports/import-set';
import { functionsOf } from '../../../../core/imports/javascript-binding';
import { importsToWasmType } from '../../../../core/imports/link';
import { bundleToBytes } from '../../../../core/javascript/bundle';
import { exposeAll } from '../../../conformance/expose';
import type { ModuleGenerator } from '../../../conformance/module-generator';
import { watToWasm } from '../../../fixtures/wat';
import { type Choices, createChoices } from './choices';

/** Code, and the messages that it is sent: a method, and its arguments in bytes. */
export interface Case {
  readonly code: Uint8Array;
  readonly messages: readonly (readonly [method: string, args: Uint8Array])[];
}

export type CaseMaker = (seed: Uint8Array) => Case;

/** The same bytes make the same case. */
export const createCaseMaker =
  (generator: ModuleGenerator): CaseMaker =>
  (seed) => {
    const choices = createChoices(seed);
    const kind = choices.pick(['calls', 'mutated calls', 'mutated module', 'mutated bundle'] as const);
    switch (kind) {
      case 'calls':
        return caseOf(callsOfImports(choices), choices);
      case 'mutated calls':
        return caseOf(mutate(callsOfImports(choices), choices), choices);
      case 'mutated module': {
        const module = exposeAll(generator.generate(concatBytes([Uint8Array.of(1), choices.bytes(1000)])));
        return caseOf(mutate(module, choices), choices);
      }
      case 'mutated bundle':
        return caseOf(mutate(bundle(choices), choices), choices);
    }
  };

const caseOf = (code: Uint8Array, choices: Choices): Case => ({
  code,
  messages: [
    ['f', none],
    ['g', none],
    ...['f', 'f0', 'f1', 'f2', 'anything'].map((method) => [method, choices.pick(argumentLists)] as const),
  ],
});

const none = encodeValue([]);

const argumentLists = [
  none,
  encodeValue([1]),
  encodeValue([-1n << 63n]),
  encodeValue([1.5, 'text', null]),
  encodeValue({ not: 'a list' }),
  Uint8Array.of(0x9b, 0xff, 0xff, 0xff, 0xff),
  new Uint8Array(),
] as const;

/** What stands in the memory, for pointers to lead to. */
const texts = [
  '.',
  'f',
  '/',
  '/honest',
  '/hostile',
  'child',
  '../../x',
  'a/b',
  '',
  'kernel:create',
  'kernel:bind',
  'kernel:copy',
  'kernel:remove',
  'kernel:install',
  'kernel:write',
  'world:schedule',
  'world:drop',
  'receive',
  '\0',
  'ü'.repeat(40),
  'a'.repeat(300),
  'k'.repeat(1024),
  'k'.repeat(1025),
];
const values = [[], [1], ['/honest'], [null, 'x', null], [[['child']]], { a: 1 }, null, -1n << 64n];
const modules = [
  watToWasm('(module (func (export "f")))'),
  watToWasm('(module (start $s) (func $s unreachable) (func (export "f")))'),
];
const stored = [
  ...texts.map(textToBytes),
  ...values.map(encodeValue),
  ...modules,
  Uint8Array.of(0xff, 0xfe, 0x80),
  new Uint8Array(200).fill(0x81),
];
const places = stored.map((bytes, index) => ({
  at: stored.slice(0, index).reduce((sum, { length }) => sum + length, 0),
  length: bytes.length,
}));
const data = Array.from(concatBytes(stored), (byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('');

const functions = functionsOf(allImports);
const edges = [0, 1, -1, 7, 255, 65_535, 65_536, 0x7fffffff, -0x80000000] as const;

/** A module that calls imports one after the other, once or for ever. */
function callsOfImports(choices: Choices): Uint8Array {
  const imports = functions.map(({ set, name, declared }, index) => {
    const { params, results } = importsToWasmType(declared);
    return `(import "${set}" "${name}" (func $i${index} (param ${params.join(' ')}) (result ${results.join(' ')})))`;
  });
  const body = (): string => {
    const calls = Array.from({ length: 1 + choices.below(10) }, () => {
      const index = choices.below(functions.length);
      const declared = functions[index]?.declared;
      const args = (declared?.params ?? []).map((param) => argumentText(param, choices));
      return `${args.join(' ')} (call $i${index})${(declared?.result ?? null) === null ? '' : ' (drop)'}`;
    });
    const repeated = choices.below(4) === 3 ? `(loop ${calls.join(' ')} (br 0))` : calls.join(' ');
    return `${repeated} ${choices.pick(['', '(unreachable)', '(call $f)', '(drop (memory.grow (i32.const 1)))'])}`;
  };
  return watToWasm(`(module ${imports.join(' ')} (memory 1 ${choices.pick(['', '2'])})
    (data (i32.const 0) "${data}")
    (func $f (export "${choices.pick(['f', 'receive', 'failed'])}") ${body()})
    (func (export "g") ${body()}))`);
}

function argumentText(param: Param, choices: Choices): string {
  if (param.kind === 'scalar') return `(${param.type}.const ${choices.pick(edges)})`;
  const place = places[choices.below(places.length)];
  const isWild = choices.below(16) === 15;
  if (param.kind === 'in' && place !== undefined && !isWild)
    return `(i32.const ${place.at}) (i32.const ${place.length})`;
  const pointer = isWild ? choices.pick(edges) : 32_768;
  return `(i32.const ${pointer}) (i32.const ${choices.pick(edges)})`;
}

const scripts = [
  `export const f = () => { for (;;) sent('.', 'f'); };`,
  `export const f = (a, ...b) => ({ a, b, f });`,
  `export function f(n = 0) { return f(n + 1); }`,
  `export async function f() { await null; return [new Uint8Array(9), 2n ** 63n, 'x'.repeat(99)]; }`,
  `export const f = () => Object.assign(Object.prototype, { then: 1, toString: null, length: -1 }) && [];`,
  `export const f = () => { throw { get message() { return f(); } }; };`,
  `const b = []; export const f = () => { for (;;) b.push('x'.repeat(1e5) + b.length); };`,
  `export const f = () => { state.set('k'.repeat(2000), 1); return self(); };`,
  `export const f = () => { create('x', '\\0'); bind('.', 'nowhere'); remove('.'); };`,
] as const;

function bundle(choices: Choices): Uint8Array {
  const text = `import { state, self, create, bind, remove, send as sent } from 'kernelscope'; ${choices.pick(scripts)}`;
  return bundleToBytes({
    files: [{ path: 'a.js', text }],
    exports: [{ name: 'f', takesArguments: choices.below(2) === 1 }],
    interface: choices.pick([
      '',
      '{}',
      '{"kernelscope":1,"methods":[{"name":"f","params":[],"result":"u8"}],"records":[]}',
    ]),
    imports: choices.pick([null, Uint8Array.of(0x81, 1)]),
  });
}

/** Changed, longer or shorter in a few places. */
function mutate(bytes: Uint8Array, choices: Choices): Uint8Array {
  let mutated = bytes;
  for (let count = 1 + choices.below(3); count > 0; count--) {
    const at = choices.below(mutated.length + 1);
    const length = choices.below(9);
    const [before, after] = [mutated.subarray(0, at), mutated.subarray(at)];
    const inserted = choices.pick([
      Uint8Array.of(choices.below(256)),
      new Uint8Array(),
      mutated.subarray(choices.below(mutated.length + 1)).subarray(0, length),
      new Uint8Array(length).fill(0xff),
    ]);
    mutated = concatBytes([before, inserted, after.subarray(choices.pick([0, 1, length]))]);
  }
  return mutated;
}
