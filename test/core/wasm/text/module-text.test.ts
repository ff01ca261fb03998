import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { moduleToShape } from '../../../../core/wasm/describe';
import { type WasmModule, decodeModule } from '../../../../core/wasm/module';
import { type ModuleNames, moduleNames } from '../../../../core/wasm/names';
import type { FunctionType } from '../../../../core/wasm/shape';
import { createModuleText } from '../../../../core/wasm/text/module-text';
import { type ModuleGenerator, createModuleGenerator } from '../../../conformance/module-generator';
import { programOf } from '../../../conformance/program';
import { bytesFromSeed } from '../../../conformance/random';
import { watToWasm } from '../../../fixtures/wat';
import { program } from '../../container/wasm-stepping/program';

function decode(bytes: Uint8Array): WasmModule {
  const module = decodeModule(bytes);
  if (!module.ok) throw new Error(module.error.message);
  return module.value;
}

const namesOf = (module: WasmModule): ModuleNames => moduleNames(moduleToShape(module));

function linesOf(module: WasmModule, names: ModuleNames, index: number): readonly string[] {
  const text = createModuleText(module, names).function(index);
  if (text === undefined) throw new Error(`there is no function ${index}`);
  return text.lines(0, text.lineCount).map(({ indent, text: line }) => `${'  '.repeat(indent)}${line}`);
}

const list = (keyword: string, types: readonly string[]): string =>
  types.map((type) => `(${keyword} ${type})`).join(' ');

const typeText = ({ params, results }: FunctionType): string =>
  `(type (func ${list('param', params)} ${list('result', results)}))`;

const constant = (type: string): string =>
  type.endsWith('ref') ? `(ref.null ${type.slice(0, -3)})` : `(${type}.const 0)`;

/** A module of the text of all functions, and of as much of what they speak of as makes it assemble. */
function reassemble(module: WasmModule): WasmModule {
  const names = { ...namesOf(module), globals: new Map(), tables: new Map() };
  const lines = [
    ...module.types.map(typeText),
    ...module.functionTypes.flatMap((_, index) => linesOf(module, names, index)),
    ...module.tables.map(({ initial, element }) => `(table ${initial} ${element})`),
    ...module.memories.map(({ initial }) => `(memory ${initial})`),
    ...module.globals.map(
      ({ type, mutable }) => `(global ${mutable ? `(mut ${type})` : type} ${constant(type)})`,
    ),
    ...module.elements.map(({ type }) => `(elem ${type})`),
    ...module.data.map(() => '(data "")'),
  ];
  return decode(watToWasm(`(module\n${lines.join('\n')})`));
}

const codeOf = ({ bytes, bodies }: WasmModule) => bodies.map(({ code, end }) => bytes.subarray(code, end));

function expectSameCode(bytes: Uint8Array): void {
  const module = decode(bytes);
  expect(codeOf(reassemble(module))).toStrictEqual(codeOf(module));
}

describe('the text of all functions assembles to the same code', () => {
  test('of a program with everything', () => expectSameCode(watToWasm(`(module ${program})`)));

  test('of programs that are all control', () =>
    fc.assert(
      fc.property(fc.array(fc.nat(100), { maxLength: 300 }), (choices) =>
        expectSameCode(watToWasm(programOf(choices))),
      ),
      { numRuns: 30 },
    ));

  test('with constants of all bits', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.bigInt({ min: 0n, max: 2n ** 32n - 1n }), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })),
        ),
        (pairs) => {
          const bytes = watToWasm(
            `(module (func ${pairs
              .map(
                () => '(drop (i32.const 0)) (drop (i64.const 0)) (drop (f32.const 1)) (drop (f64.const 1))',
              )
              .join(' ')}))`,
          );
          const [body] = decode(bytes).bodies;
          const view = new DataView(bytes.buffer);
          let at = body?.code ?? 0;
          for (const [narrow, wide] of pairs) {
            view.setUint32(at + 7, Number(narrow), true);
            view.setBigUint64(at + 13, wide, true);
            at += 22;
          }
          expectSameCode(bytes);
        },
      ),
      { numRuns: 100 },
    ));

  describe('of modules made from arbitrary bytes', () => {
    let generator: ModuleGenerator;
    beforeAll(async () => {
      generator = await createModuleGenerator();
    });
    afterAll(() => generator.dispose());

    test('that use all there is', () => {
      for (let seed = 0; seed < 4; seed++) {
        expectSameCode(generator.generate(bytesFromSeed(seed, 2000)));
      }
    });
  });
});

test('functions, locals, globals and tables have their names; blocks have labels', () => {
  const module = decode(
    watToWasm(`(module
      (import "kernel" "log" (func $log (param i32 i32)))
      (table $handlers 1 funcref) (global $total (mut f32) (f32.const 0)) (memory 1)
      (func $sum (param $n i32) (result i32) (local $s i32) (local i64)
        (block (result i32) (loop
          (if (i32.eqz (local.get $n)) (then (br 2 (local.get $s))) (else (call $log (i32.const 1) (i32.const -1)))))
          (global.set $total (f32.const 0.1))
          (call_indirect $handlers (result i32) (i32.load8_u offset=4 (local.get $n))))))`),
  );
  expect(linesOf(module, namesOf(module), 0)).toStrictEqual([
    '(import "kernel" "log" (func $log (type 0) (param i32) (param i32)))',
  ]);
  expect(linesOf(module, namesOf(module), 1)).toStrictEqual([
    '(func $sum (type 1) (param $n i32) (result i32)',
    '  (local $s i32) (local i64)',
    '  block $L1 (result i32)',
    '    loop $L2',
    '      local.get $n',
    '      i32.eqz',
    '      if $L3',
    '        local.get $s',
    '        br $L1',
    '      else',
    '        i32.const 1',
    '        i32.const -1',
    '        call $log',
    '      end',
    '    end',
    '    f32.const 0.1',
    '    global.set $total',
    '    local.get $n',
    '    i32.load8_u offset=4',
    '    call_indirect (type 2) (result i32)',
    '  end',
    ')',
  ]);
});

test('names that are no identifiers, or not alone, are made so', () => {
  const module = decode(watToWasm('(module (func) (func) (func) (func (call 0) (call 1) (call 2)))'));
  const functions = new Map([
    [0, 'Map<i32, u64>#get'],
    [1, 'Map<i32_ u64>#get'],
    [2, ''],
  ]);
  const lines = linesOf(module, { ...namesOf(module), functions }, 3);
  expect(lines.slice(1, 4)).toStrictEqual([
    '  call $Map<i32__u64>#get',
    '  call $Map<i32__u64>#get.1',
    '  call 2',
  ]);
});

test('functions without names are called as they are imported or exported', () => {
  const text = `(module (import "kernel" "send" (func)) (import "kernel" "self" (global i32)) (import "my set" "f" (func))
    (func (export "run") (call 0) (call 1) (call 2) (call 3)) (func))`;
  const module = decode(watToWasm(text, { names: false }));
  expect(linesOf(module, namesOf(module), 2).slice(1, 5)).toStrictEqual([
    '  call $kernel.send',
    '  call $my_set.f',
    '  call $run',
    '  call 3',
  ]);
});

test('pages and places of a long function are the same as of the whole', () => {
  const module = decode(watToWasm(`(module (func ${'(drop (i32.const 7)) '.repeat(500)}))`));
  const text = createModuleText(module, namesOf(module)).function(0);
  const all = text?.lines(0, Infinity) ?? [];
  expect(text?.lineCount).toBe(1002);
  expect(text?.lines(500, 100)).toStrictEqual(all.slice(500, 600));
  expect(all.slice(1).map(({ offset }) => text?.lineOf(offset))).toStrictEqual(
    all.slice(1).map((_, at) => at + 1),
  );
  expect(text?.lineOf((all[1]?.offset ?? 0) + 1)).toBeNull();
});
