import { describe, expect, it } from 'vitest';
import { textToBytes } from '../../../core/base/bytes';
import { type Value, decodeValue } from '../../../core/base/value';
import { buildContract } from '../../../core/contracts/builder';
import type { Build } from '../../../core/contracts/build';
import { create, newBranch, signal } from '../../fixtures/branch';

const build = (text: string, others: Readonly<Record<string, string>> = {}): Promise<Build> => {
  const files: Readonly<Record<string, string>> = { 'contracts/test.ts': text, ...others };
  return buildContract('contracts/test.ts', (path) => {
    const file = files[path];
    return file === undefined ? null : textToBytes(file);
  });
};

async function compile(text: string, others: Readonly<Record<string, string>> = {}) {
  const built = await build(text, others);
  if (!built.ok) throw new Error(built.diagnostics.map(({ message }) => message).join('; '));
  return built;
}

/** What the contract's method answers. */
async function ask(text: string, method: string, args: readonly Value[]): Promise<Value> {
  const branch = newBranch();
  create(branch, '/test', (await compile(text)).code);
  const [receipt] = signal(branch, '/test', method, args);
  if (receipt?.outcome.kind !== 'ok') throw new Error(JSON.stringify(receipt?.outcome));
  const reply = decodeValue(receipt.outcome.reply ?? new Uint8Array());
  if (!reply.ok) throw new Error(reply.error.message);
  return reply.value;
}

describe('an AssemblyScript contract', () => {
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
    ['string', ['', 'grüß dich ✓', 'x'.repeat(1000)]],
    ['Uint8Array', [Uint8Array.of(), Uint8Array.of(1, 2, 255)]],
    ['StaticArray<u8>', [Uint8Array.of(3)]],
    ['Array<u64>', [[], [1, 2n ** 63n]]],
    ['string[]', [['a', 'b']]],
    ['Array<Array<i32>>', [[[1], [], [-2, 3]]]],
    ['string | null', [null, 'there']],
  ])(
    'takes and gives back %s',
    async (type, values) => {
      const text = `export function same(x: ${type}): ${type} { return x; }\nexport function twice(a: ${type}, b: ${type}): ${type} { return b; }`;
      for (const value of values) {
        expect(await ask(text, 'same', [value])).toEqual(value);
        expect(await ask(text, 'twice', [values[0] ?? null, value])).toEqual(value);
      }
    },
    60_000,
  );

  it('carries records, nested, in lists, and with what may be absent', async () => {
    const text = `
      class Item { name: string = ""; count: u32 = 0; }
      class Order { readonly id: u64 = 0; items: Item[] = []; note: string | null = null; raw: Uint8Array = new Uint8Array(0); }
      /** Adds one to each count. */
      export function more(orders: Order[], extra: Item | null): Order[] {
        for (let i = 0; i < orders.length; i++) {
          if (extra !== null) orders[i].items.push(extra);
          for (let j = 0; j < orders[i].items.length; j++) orders[i].items[j].count++;
        }
        return orders;
      }`;
    const order = { id: 7, items: [{ name: 'nail', count: 1 }], note: null, raw: Uint8Array.of(9) };
    expect(await ask(text, 'more', [[order], { name: 'nut', count: 4 }])).toEqual([
      {
        ...order,
        items: [
          { name: 'nail', count: 2 },
          { name: 'nut', count: 5 },
        ],
      },
    ]);
    const built = await compile(text);
    expect(built.interface.methods).toEqual([
      {
        name: 'more',
        doc: 'Adds one to each count.',
        params: [
          { name: 'orders', type: 'list<Order>' },
          { name: 'extra', type: 'option<Item>' },
        ],
        result: 'list<Order>',
      },
    ]);
    expect(built.interface.records.map(({ name }) => name).toSorted()).toEqual(['Item', 'Order']);
  });

  it('keeps state, iterates over it, and knows where it is', async () => {
    const text = `
      import { state, self, sender, time, random, gasLeft } from "kernelscope";
      export function fill(): string[] {
        state.set<u64>("b/2", 2);
        state.set<string>("b/1", "one");
        state.set<u64>("a", 0);
        state.set<u64>("c", 0);
        state.remove("c");
        const keys = state.keys("b/");
        keys.push(self());
        keys.push(sender() === null ? "outside" : "inside");
        keys.push(random(4).length.toString());
        keys.push((gasLeft() > 0).toString());
        keys.push(state.get<string>("b/1", ""));
        keys.push(state.has("c").toString());
        return keys;
      }`;
    expect(await ask(text, 'fill', [])).toEqual([
      'b/1',
      'b/2',
      '/test',
      'outside',
      '4',
      'true',
      'one',
      'false',
    ]);
  });

  it('ends with its own words, and with the place of a broken assertion', async () => {
    const { code } = await compile(`
      import { fail } from "kernelscope";
      export function no(): void { fail("certainly not"); }
      export function index(): u32 { const list: u32[] = []; return list[3]; }`);
    const branch = newBranch();
    create(branch, '/test', code);
    expect(signal(branch, '/test', 'no')[0]?.outcome).toMatchObject({
      reason: 'abort',
      detail: 'certainly not',
    });
    const [broken] = signal(branch, '/test', 'index');
    expect(broken?.outcome).toMatchObject({
      reason: 'abort',
      detail: expect.stringMatching(/out of range.*array\.ts:\d+:\d+/),
    });
  });

  it('takes every message with no export of its own in receive', async () => {
    const text = `import { method, args, reply } from "kernelscope";\nexport function receive(): void { reply<string>(method() + args().length.toString()); }`;
    expect(await ask(text, 'anything', [1, 2])).toBe('anything3');
  });

  it('may be of several files', async () => {
    const built = await compile(
      'import { two } from "./lib/two";\nexport function four(): u32 { return two() * 2; }',
      {
        'contracts/lib/two.ts': 'export function two(): u32 { return 2; }',
      },
    );
    expect([...built.inputs].toSorted()).toEqual(['contracts/lib/two.ts', 'contracts/test.ts']);
    expect(built.sourceMap).toContain('contracts/lib/two.ts');
  });
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

  it('in another file is told there', async () => {
    const built = await build('import { two } from "./two";\nexport function four(): u32 { return two(); }', {
      'contracts/two.ts': '\nexport function two(): u32 { return "2"; }',
    });
    expect(built.diagnostics[0]).toMatchObject({ file: 'contracts/two.ts', line: 2 });
  });

  it('in a signature names the type that no message can carry', async () => {
    const built = await build('export function call(back: () => void, map: Map<string, u64>): void {}');
    expect(built.ok).toBe(false);
    expect(built.diagnostics.map(({ message, line, column }) => [message, line, column])).toEqual([
      ['no message can carry a value of type () => void', 1, expect.any(Number)],
      ['no message can carry a value of type Map<string, u64>', 1, expect.any(Number)],
    ]);
  });

  it('of a file that is not there, or in no known language, is a diagnostic', async () => {
    const missing = await buildContract('contracts/none.ts', () => null);
    expect(missing.diagnostics[0]?.message).toMatch(/none.*not found/);
    const unknown = await buildContract('contracts/bank.rs', () => new Uint8Array());
    expect(unknown.diagnostics[0]?.message).toContain('.ts, .wat, .wasm');
  });
});
