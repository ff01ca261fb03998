import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textToBytes } from '../../../core/base/bytes';
import { type Value, decodeValue } from '../../../core/base/value';
import type { Build } from '../../../core/contracts/build';
import { buildContract } from '../../../core/contracts/builder';
import { describeCode } from '../../../core/contracts/describe';
import { create, newBranch, signal } from '../../fixtures/branch';

const bank = readFileSync(join(import.meta.dirname, '../../../examples/bank/contracts/bank.ts'), 'utf8');

type Files = Readonly<Record<string, string>>;

const build = (text: string, others: Files = {}): Promise<Build> => {
  const files: Files = { 'contracts/test.ts': text, ...others };
  return buildContract('contracts/test.ts', (path) => {
    const file = files[path];
    return file === undefined ? null : textToBytes(file);
  });
};

async function compile(text: string, others: Files = {}): Promise<Build & { readonly ok: true }> {
  const built = await build(text, others);
  if (!built.ok) throw new Error(built.diagnostics.map(({ message }) => message).join('; '));
  return built;
}

/** A kernel that runs the contract; answers what its methods reply. */
async function start(text: string, others: Files = {}) {
  const branch = newBranch();
  create(branch, '/test', (await compile(text, others)).code);
  return {
    outcome: (method: string, args: readonly Value[] = []) =>
      signal(branch, '/test', method, args)[0]?.outcome,
    ask(method: string, ...args: readonly Value[]): Value {
      const [receipt] = signal(branch, '/test', method, args);
      if (receipt?.outcome.kind !== 'ok') throw new Error(JSON.stringify(receipt?.outcome));
      const reply = decodeValue(receipt.outcome.reply ?? new Uint8Array([0xf6]));
      if (!reply.ok) throw new Error(reply.error.message);
      return reply.value;
    },
    signal: (method: string, ...args: readonly Value[]) => signal(branch, '/test', method, args),
  };
}

/** Each complaint as `line:column+length words`. */
const complaints = ({ diagnostics }: Build): readonly string[] =>
  diagnostics.map(({ line, column, length, message }) => `${line}:${column}+${length} ${message}`);

describe('a value', () => {
  it.each<[string, readonly Value[]]>([
    ['bool', [true, false]],
    ['u8', [0, 255]],
    ['i8', [-128, 127]],
    ['u16', [65535]],
    ['i16', [-32768]],
    ['u32', [0, 4294967295]],
    ['i32', [-2147483648]],
    ['u64', [0, 23, 24, 255, 256, 65536, 4294967296, 2n ** 64n - 1n]],
    ['i64', [-1, -25, -(2n ** 63n), 2n ** 63n - 1n]],
    ['f64', [0, -1.5, 1e300]],
    ['f32', [0.5]],
    ['string', ['', 'grüß dich ✓', 'x'.repeat(5000)]],
    ['Uint8Array', [Uint8Array.of(), Uint8Array.of(1, 2, 255), new Uint8Array(5000).fill(7)]],
    ['StaticArray<u8>', [Uint8Array.of(3)]],
    ['Array<u8>', [Uint8Array.of(3, 4)]],
    ['Array<u64>', [[], [1, 2n ** 63n]]],
    ['Float64Array', [[0.5, 2]]],
    ['string[]', [['a', 'b']]],
    ['bool[]', [[true, false]]],
    ['Array<Array<i32>>', [[[1], [], [-2, 3]]]],
    ['string | null', [null, 'there']],
    ['Value', [null, 'there', [1, { a: [true] }], 0.5]],
  ])(
    'of type %s comes in and goes out, by itself, beside others, and through the state',
    async (type, values) => {
      const contract = await start(`import { Value, state } from "kernelscope";
      export function same(x: ${type}): ${type} { return x; }
      export function second(a: ${type}, text: string, b: ${type}): ${type} { return b; }
      export function keep(x: ${type}): void { state.set<${type}>("kept", x); }
      export function kept(x: ${type}): ${type} { return state.get<${type}>("kept", x); }`);
      for (const value of values) {
        expect(contract.ask('same', value)).toEqual(value);
        expect(contract.ask('second', values[0] ?? null, 'between', value)).toEqual(value);
        contract.ask('keep', value);
        expect(contract.ask('kept', values[0] ?? null)).toEqual(value);
      }
    },
  );

  it('may be a record, nested, in lists, and with what may be absent', async () => {
    const text = `
      class Item { name: string = ""; count: u32 = 0; }
      class Order { readonly id: u64; items: Item[]; note: string | null; raw: Uint8Array; }
      /** Adds one to each count. */
      export function more(orders: Order[], extra: Item | null): Order[] {
        for (let i = 0; i < orders.length; i++) {
          if (extra !== null) orders[i].items.push(extra);
          for (let j = 0; j < orders[i].items.length; j++) orders[i].items[j].count++;
        }
        return orders;
      }`;
    const order = { id: 7, items: [{ name: 'nail', count: 1 }], note: null, raw: Uint8Array.of(9) };
    const contract = await start(text);
    expect(contract.ask('more', [order], { name: 'nut', count: 4 })).toEqual([
      {
        ...order,
        items: [
          { name: 'nail', count: 2 },
          { name: 'nut', count: 5 },
        ],
      },
    ]);
    expect(contract.ask('more', [order], null)).toEqual([{ ...order, items: [{ name: 'nail', count: 2 }] }]);
    expect((await compile(text)).interface).toEqual({
      kernelscope: 1,
      methods: [
        {
          name: 'more',
          doc: 'Adds one to each count.',
          params: [
            { name: 'orders', type: 'list<Order>' },
            { name: 'extra', type: 'option<Item>' },
          ],
          result: 'list<Order>',
        },
      ],
      records: [
        {
          name: 'Item',
          fields: [
            { name: 'name', type: 'string' },
            { name: 'count', type: 'u32' },
          ],
        },
        {
          name: 'Order',
          fields: [
            { name: 'id', type: 'u64' },
            { name: 'items', type: 'list<Item>' },
            { name: 'note', type: 'option<string>' },
            { name: 'raw', type: 'list<u8>' },
          ],
        },
      ],
    });
  });

  it('has the type that aliases, enums, imports and type parameters come down to', async () => {
    const { interface: contract } = await compile(
      `import { Item as Thing } from "./lib/item";
      type Amount = u64;
      enum Colour { red, green }
      class Item { weight: f32; }
      class Pair<T> { left: T; right: T; }
      export function mix(amount: Amount, colour: Colour, far: Thing, near: Item, pair: Pair<string>): Amount { return amount; }
      function inner(a: i8): void {}
      export { inner as outer };`,
      { 'contracts/lib/item.ts': 'export class Item { name: string = ""; }' },
    );
    expect(contract.methods).toMatchObject([
      {
        name: 'mix',
        params: [
          { type: 'u64' },
          { type: 's32' },
          { type: 'Item' },
          { type: 'Item2' },
          { type: 'Pair_String' },
        ],
        result: 'u64',
      },
      { name: 'outer', params: [{ name: 'a', type: 's8' }], result: null },
    ]);
    expect(contract.records.map(({ name }) => name)).toEqual(['Item', 'Item2', 'Pair_String']);
  });

  it('of a record that was kept before a field came takes the initial value for it', async () => {
    const contract = await start(`import { state } from "kernelscope";
      class Old { name: string = ""; }
      class New { name: string = ""; size: u32 = 3; note: string | null; }
      class Strict { name: string; size: u32; }
      export function keep(): void { state.set("kept", <Old>{ name: "a" }); }
      export function size(): u32 { return state.get<New>("kept", new New()).size; }
      export function strict(): void { state.get<Strict>("kept", changetype<Strict>(0)); }
      export function wrong(): void { state.get<u32>("kept", 0); }`);
    contract.ask('keep');
    expect(contract.ask('size')).toBe(3);
    expect(contract.outcome('strict')).toMatchObject({ detail: 'the record has no field size' });
    expect(contract.outcome('wrong')).toMatchObject({ detail: 'expected an integer, found a map' });
  });
});

describe('an AssemblyScript contract', () => {
  it('keeps state, walks through it, and knows where it is', async () => {
    const contract = await start(`
      import { gasLeft, random, randomBytes, self, sender, state } from "kernelscope";
      export function fill(): string[] {
        state.set<u64>("b/2", 2);
        state.set("b/1", "one");
        state.set("a", 0);
        state.set("c", 0);
        state.delete("c");
        const said: string[] = [];
        const entries = state.entries("b/");
        while (entries.next()) said.push(entries.key);
        said.push(self());
        said.push(sender() === null ? "outside" : "inside");
        said.push(randomBytes(4).length.toString());
        said.push((random() != random()).toString());
        said.push((gasLeft() > 0).toString());
        said.push(state.get("b/1", ""));
        said.push(state.has("c").toString());
        return said;
      }`);
    const said = ['b/1', 'b/2', '/test', 'outside', '4', 'true', 'true', 'one', 'false'];
    expect(contract.ask('fill')).toEqual(said);
  });

  it('sends any arguments, and asks for a reply', async () => {
    const contract = await start(`
      import { ask, send, state } from "kernelscope";
      class Sum { left: u64 = 0; right: u64 = 0; }
      export function begin(): void {
        send(".", "note", "hello", 2.5, true, [<i32>-1, 2]);
        ask(".", "add", "added", <Sum>{ left: 2, right: 3 });
        send(".", "plain");
      }
      export function note(text: string, number: f64, yes: bool, list: i32[]): void {
        state.set("note", text + number.toString() + yes.toString() + list.length.toString());
      }
      export function add(sum: Sum): u64 { return sum.left + sum.right; }
      export function added(result: u64): void { state.set("added", result); }
      export function plain(): void { state.set("plain", true); }
      export function kept(): string { return state.get("note", "") + state.get<u64>("added", 0).toString(); }`);
    const receipts = contract.signal('begin');
    expect(receipts.map(({ outcome }) => outcome.kind)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok']);
    expect(contract.ask('kept')).toBe('hello2.5true25');
  });

  it('ends with its own words, and with the place of a broken assertion', async () => {
    const contract = await start(`import { fail, require } from "kernelscope";
      export function no(): void { fail("certainly not"); }
      export function need(n: u32): void { require(n > 1, "more, please"); }
      export function index(): u32 { const list: u32[] = []; return list[3]; }
      export function thrown(): void {
        throw new Error("oh");
      }`);
    expect(contract.outcome('no')).toMatchObject({ reason: 'abort', detail: 'certainly not' });
    expect(contract.outcome('need', [1])).toMatchObject({ detail: 'more, please' });
    expect(contract.outcome('need', [2])).toMatchObject({ kind: 'ok' });
    expect(contract.outcome('index')).toMatchObject({ detail: expect.stringMatching(/out of range/) });
    expect(contract.outcome('thrown')).toMatchObject({ detail: 'oh (contracts/test.ts:6:9)' });
  });

  it('takes every message with no export of its own in receive', async () => {
    const contract = await start(`import { args, method, reply } from "kernelscope";
      export function receive(): void { reply(method() + args()[1].as<string>() + args().length.toString()); }
      export function own(): u32 { return 7; }`);
    expect(contract.ask('anything', 1, 'x')).toBe('anythingx2');
    expect(contract.ask('own')).toBe(7);
  });

  it('may be of several files, and tells them all', async () => {
    const built = await compile(
      'import { two } from "./lib/two";\nexport function four(): u32 { return two() * 2; }',
      {
        'contracts/lib/two.ts': 'export function two(): u32 { return 2; }',
      },
    );
    expect([...built.inputs].toSorted()).toEqual(['contracts/lib/two.ts', 'contracts/test.ts']);
    expect(built.sourceMap).toContain('"contracts/lib/two.ts"');
    expect(built.sourceMap).not.toContain('node_modules');
  });

  it('draws the same random numbers whenever a message is run again', async () => {
    const contract = await start(`export function draw(): f64 { return Math.random(); }`);
    expect(contract.ask('draw')).toEqual(expect.any(Number));
  });

  it('keeps calling its own methods as functions', async () => {
    const contract = await start(`
      export function shout(text: string): string { return text.toUpperCase(); }
      export function twice(text: string): string { return shout(text) + shout(text); }`);
    expect(contract.ask('twice', 'ho')).toBe('HOHO');
  });

  it('is built to the same bytes every time, with the names of its functions', async () => {
    const text = 'export function hello(name: string): string { return "hello " + name; }';
    const [first, second] = [await compile(text), await compile(text)];
    expect(second.code).toEqual(first.code);
    const description = describeCode(first.code);
    expect(description.ok && description.value.contract).toEqual(first.interface);
    expect(description.ok && [...description.value.shape.customSections.keys()]).toEqual(
      expect.arrayContaining(['name', 'kernelscope:interface']),
    );
  });

  it('passes its comments on', async () => {
    const { interface: contract } = await compile(`/**
 * A counter.
 * It counts.
 */
import { state } from "kernelscope";

/** Kept. */
const step: u32 = 1;

/**
 * Adds,
 * and returns.
 */
export function add(): u32 {
  return step;
}

// Not for people.
export function quiet(): void {}
`);
    expect(contract.doc).toBe('A counter.\nIt counts.');
    expect(contract.methods.map(({ name, doc }) => [name, doc])).toEqual([
      ['add', 'Adds,\nand returns.'],
      ['quiet', undefined],
    ]);
  });
});

describe('any text', () => {
  it('is built, or refused with places in it', async () => {
    const words =
      `export function class string | null { } ( ) < > [ ] = + , ; : . "" 0 u64 T state . set return this
      extends import { send } from "kernelscope" \n`.split(/(?<=\s)/);
    const mistakes = fc.array(fc.tuple(fc.nat(), fc.nat(2), fc.constantFrom(...words)), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(mistakes, async (edits) => {
        const tokens = bank.split(/\b/);
        for (const [at, removed, word] of edits) tokens.splice(at % tokens.length, removed, word);
        const text = tokens.join('');
        const built = await build(text);
        const lines = text.split('\n');
        for (const { file, line, column } of built.diagnostics) {
          expect(file).toBe('contracts/test.ts');
          expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? 0) + 1);
        }
        expect(built.ok || built.diagnostics.length > 0).toBe(true);
      }),
      { numRuns: 30 },
    );
  }, 120_000);
});

describe('a mistake', () => {
  it('is told where it stands', async () => {
    const built = await build('export function add(a: u64): u64 {\n  return a + wrong;\n}');
    expect(built).toMatchObject({
      ok: false,
      diagnostics: [
        { file: 'contracts/test.ts', line: 2, column: 14, length: 5, severity: 'error', code: 'AS2304' },
      ],
    });
  });

  it('in the grammar is told, too', async () => {
    const built = await build('export function add(a: u64: u64 {}');
    expect(built.ok).toBe(false);
    expect(built.diagnostics[0]).toMatchObject({ file: 'contracts/test.ts', line: 1, severity: 'error' });
  });

  it('in another file is told there', async () => {
    const built = await build('import { two } from "./two";\nexport function four(): u32 { return two(); }', {
      'contracts/two.ts': '\nexport function two(): u32 { return "2"; }',
    });
    expect(built.diagnostics[0]).toMatchObject({ file: 'contracts/two.ts', line: 2, column: 37 });
  });

  it('in a signature is told at the type that no message can carry', async () => {
    const words = (type: string) =>
      `no message can carry a value of type ${type}; use integers, floats, bool, string, Uint8Array, arrays, and classes with such fields`;
    const built = await build(`
      class Base { a: u64; }
      class More extends Base { b: u64; }
      class Tree { children: Tree[]; }
      class Table { rows: Map<string, u64>; }
      export function call(back: () => void, map: Map<string, u64>): Set<u8>[] { return []; }
      export function odd(more: More, tree: Tree, table: Table): void {}
      export function any<T>(value: T): void {}
      export function some(a: string, b: u64 = 5): void {}
      export function receive(a: u64): void {}`);
    expect(built.ok).toBe(false);
    expect(complaints(built)).toEqual([
      `6:34+10 ${words('() => void')}`,
      `6:51+16 ${words('Map<string, u64>')}`,
      `6:70+9 ${words('Set<u8>[]')}`,
      '7:33+4 More extends Base; a record has no fields but its own',
      '7:45+4 Tree.children: Tree holds itself; a message has an end',
      `7:58+5 Table.rows: ${words('Map<string, u64>')}`,
      "8:23+3 the method any has type parameters; a message can't choose them",
      '9:39+10 a parameter of a method has no default: a message gives all of them',
      '10:23+7 receive takes any message: it has no parameters and returns nothing; use args() and reply()',
    ]);
  });

  it('that the library finds is told at the call that asked for it', async () => {
    const built = await build(`import { send, state } from "kernelscope";
export function keep(): void {
  state.set("m", new Map<string, u64>());
}`);
    expect(complaints(built)).toEqual(["3:3+38 a value of this type can't be kept, sent or replied"]);
  });

  it('of a missing import is told at the import', async () => {
    const built = await build(
      '\nimport { two } from "./two";\nexport function four(): u32 { return two(); }',
    );
    expect(built.diagnostics[0]).toMatchObject({
      line: 2,
      message: expect.stringContaining('contracts/two.ts'),
    });
    const outside = await build(
      'import { two } from "../../../etc/two";\nexport function a(): u32 { return two(); }',
    );
    expect(outside.diagnostics[0]).toMatchObject({ line: 1, message: expect.stringContaining('not found') });
  });

  it('that the compiler can not bear ends in words', async () => {
    const deep = `export function deep(): u32 { return ${'('.repeat(50_000)}1${')'.repeat(50_000)}; }`;
    const built = await build(deep);
    expect(built).toMatchObject({
      ok: false,
      diagnostics: [{ message: expect.stringContaining('the compiler gave up') }],
    });
    const hole = await build('export function hole(): void {\n  const list = [, 2];\n}');
    expect(hole.ok).toBe(false);
    expect((await build('export function fine(): u32 { return 1; }')).ok).toBe(true);
  });

  it('of calling what only browsers and Node have is told at the call', async () => {
    const built = await build('export function a(): void {\n  console.log("hi");\n}');
    expect(complaints(built)).toEqual([
      '2:3+11 a contract has no console.log; "kernelscope" has log(), time() and random()',
    ]);
  });
});
