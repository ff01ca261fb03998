/** What a session shows of a contract's variables: by their names in the source, with what they hold at that line. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textToBytes } from '../../../core/base/bytes';
import { encodeValue } from '../../../core/base/value';
import { buildContract } from '../../../core/contracts/builder';
import type { Breakpoint } from '../../../core/debugger/breakpoint';
import type { DebugCode } from '../../../core/debugger/code';
import { datumToText } from '../../../core/debugger/expression/datum';
import { evaluate } from '../../../core/debugger/expression/evaluate';
import { parseExpression } from '../../../core/debugger/expression/parse';
import { scopeAt } from '../../../core/debugger/expression/scope';
import type { Session } from '../../../core/debugger/session';
import { finish } from '../../../core/debugger/steps';
import { variableToDatum } from '../../../core/debugger/variable-value';
import { groupLocals, variablesAt } from '../../../core/debugger/variables';
import { defaultLimits } from '../../../core/environment/limits';
import { environmentOf } from '../../conformance/environment';
import { compileText } from '../../conformance/text';
import { type Opening, debugCode, openSession } from './sessions';

const path = 'contracts/sum.ts';

async function codeOf(text: string) {
  const built = await buildContract(path, (file) => (file === path ? textToBytes(text) : null));
  if (!built.ok) throw new Error(built.diagnostics.map(({ message }) => message).join('; '));
  return debugCode(built.code, built.sourceMap);
}

function shown(session: Session, source: string): string {
  const expression = parseExpression(source);
  if (!expression.ok) return expression.error.message;
  const value = evaluate(expression.value, scopeAt(session.timeline, session.code, 0), source);
  return value.ok ? datumToText(value.value) : value.error.message;
}

/** Each line that a run stands at by stepping into all the author's code, with its variables and their values. */
async function linesWithVariables(text: string, method: string, opening: Opening = {}) {
  const session = openSession(await codeOf(text), method, opening);
  const lines: string[] = [];
  finish(session.move({ kind: 'restart', by: 'line' }));
  while (session.end === null || session.position().count < session.end.count) {
    const position = session.position();
    const names = [...variablesAt(session.code, position).values()].map(({ name }) => name);
    const values = names.map((name) => `${name}=${shown(session, name)}`);
    lines.push([position.place?.line, ...values].join(' '));
    finish(session.move({ kind: 'in', back: false, by: 'line', times: 1 }));
  }
  return lines;
}

const collatz = `function half(n: u64): u64 {
  const halved = n / 2;
  return halved;
}
export function collatz(start: u64, limit: u32): u32 {
  let value = start;
  let steps: u32 = 0;
  for (let i: u32 = 0; i < limit; i++) {
    const before = value;
    value = before % 2 == 0 ? half(before) : 3 * before + 1;
    steps += 1;
  }
  for (let i: u32 = 7; i < 8; i++) {
    const steps = i + 4294967280;
    value += steps;
  }
  const isOne = value == 1;
  return isOne ? steps : steps * 2;
}
`;

test('parameters, locals and loops: what is set by then and can be seen, as its type has it', async () => {
  expect(await linesWithVariables(collatz, 'collatz', { args: [3n, 2] })).toEqual([
    '6 start=3 limit=2',
    '7 start=3 limit=2 value=3',
    '8 start=3 limit=2 value=3 steps=0',
    '9 start=3 limit=2 value=3 steps=0 i=0',
    '10 start=3 limit=2 value=3 steps=0 i=0 before=3',
    '11 start=3 limit=2 value=10 steps=0 i=0 before=3',
    '8 start=3 limit=2 value=10 steps=1 i=0',
    '9 start=3 limit=2 value=10 steps=1 i=1',
    '10 start=3 limit=2 value=10 steps=1 i=1 before=10',
    '2 n=10',
    '3 n=10 halved=5',
    '10 start=3 limit=2 value=10 steps=1 i=1 before=10',
    '11 start=3 limit=2 value=5 steps=1 i=1 before=10',
    '8 start=3 limit=2 value=5 steps=2 i=1',
    '13 start=3 limit=2 value=5 steps=2',
    '14 start=3 limit=2 value=5 steps=2 i=7',
    '15 start=3 limit=2 value=5 i=7 steps=4294967287',
    '13 start=3 limit=2 value=4294967292 steps=2 i=7',
    '17 start=3 limit=2 value=4294967292 steps=2',
    '18 start=3 limit=2 value=4294967292 steps=2 isOne=false',
  ]);
});

test('texts, and what methods, closures and cases have of their own', async () => {
  const lines = await linesWithVariables(
    `class Greeter {
  constructor(private word: string) {}
  greet(name: string | null): i32 {
    const greeting = name === null ? this.word : this.word + name;
    return greeting.length;
  }
}
export function run(kind: i32): i32 {
  const double = (n: i32): i32 => {
    const twice = n * 2;
    return twice;
  };
  switch (kind) {
    case 1: {
      const size = new Greeter("grüß ").greet("dich");
      return double(size);
    }
    default:
      let size: i64 = 5;
      return i32(size);
  }
}
`,
    'run',
    { args: [1] },
  );
  expect(lines).toEqual([
    '13 kind=1',
    '14 kind=1',
    '15 kind=1',
    '4 this={word: "grüß "} name=dich',
    '5 this={word: "grüß "} name=dich greeting=grüß dich',
    '15 kind=1',
    '16 kind=1 size=9',
    '10 n=9',
    '11 n=9 twice=18',
    '16 kind=1 size=9',
  ]);
});

test('records are read and written, and fields given plain values, at no line; worked out values have theirs', async () => {
  const text = `import { state } from "kernelscope";
class Payment {
  from: string = "";
  amount: i64 = -1;
  id: u64 = nextId();
  note: string | null = null;
}
function nextId(): u64 {
  return 7;
}
export function keep(payment: Payment): void {
  const other = new Payment();
  other.amount = payment.amount;
  state.set("other", other);
}
`;
  const args = encodeValue([{ from: 'alice', amount: 3, id: 1, note: null }]);
  const inputs = { message: { ...environmentOf(defaultLimits).message, args } };
  const lines = await linesWithVariables(text, 'keep', { inputs });
  expect(lines.map((line) => line.split(' ')[0])).toEqual(['5', '9', '5', '12', '13', '14']);
});

test('library code that was put into a line is of that line, which begins but once', async () => {
  const code = await codeOf(`import { require, state } from "kernelscope";
export function take(amount: u64): void {
  const held = state.get<u64>("held", 0);
  require(held >= amount, "not enough");
  state.set("held", held - amount);
}
`);
  const [index] = [...code.names.functions].find(([, name]) => name.endsWith('/take')) ?? [-1];
  expect(code.lines?.startsIn(index).map(({ place }) => place.line)).toEqual([3, 4, 5]);
});

test('a condition names them', async () => {
  const session = openSession(await codeOf(collatz), 'collatz', { args: [27n, 100] });
  const stop: Breakpoint = {
    id: 1,
    on: { kind: 'line', file: path, line: 10 },
    enabled: true,
    when: 'i > 4 && before % 2 == 0',
    hits: null,
    log: null,
  };
  session.arm([stop]);
  finish(session.move({ kind: 'continue', back: false }));
  finish(session.move({ kind: 'continue', back: false }));
  expect([shown(session, 'i'), shown(session, 'before')]).toEqual(['8', '142']);
  finish(session.move({ kind: 'continue', back: true }));
  expect([shown(session, 'i'), shown(session, 'before')]).toEqual(['6', '94']);
});

test('without what the compiler tells, as after another tool: names alone, and no wrong ones', async () => {
  const built = await buildContract(path, () => textToBytes(collatz));
  if (!built.ok) throw new Error('it compiles');
  const told = (map: string | null) => {
    const session = openSession(debugCode(built.code, map), 'collatz', { args: [3n, 2] });
    finish(session.move({ kind: 'to count', count: 20 }));
    return [...variablesAt(session.code, session.position()).values()].map(({ name }) => name);
  };
  const names = ['start', 'limit', 'value', 'before', 'steps', 'i', 'i|6', 'steps|7', 'isOne'];
  expect(told(null).toSorted()).toEqual(names.toSorted());
  expect(
    told('{"version":3,"sources":[],"mappings":"","x_kernelscope_variables":{"constructor":1}}').toSorted(),
  ).toEqual(names.toSorted());
});

test('what reads arguments and replies in place of a method stands at no line', async () => {
  const text = 'export function twice(word: string): string {\n  return word + word;\n}\n';
  const word = encodeValue(['ab']);
  const inputs = { message: { ...environmentOf(defaultLimits).message, args: word } };
  expect(await linesWithVariables(text, 'twice', { inputs })).toEqual(['2 word=ab']);
});

test("a compiler's own locals are apart from what has a name, unless nothing has one", async () => {
  const built = await buildContract(path, () => textToBytes(collatz));
  if (!built.ok) throw new Error('it compiles');
  const groups = (code: DebugCode, stop: number) => {
    const session = openSession(code, 'collatz', { args: [3n, 2] });
    finish(session.move({ kind: 'restart', by: 'line' }));
    for (let line = 0; line < stop; line++)
      finish(session.move({ kind: 'over', back: false, by: 'line', times: 1 }));
    const position = session.position();
    const total = session.timeline.machine.frames(0, 1)[0]?.locals.length ?? 0;
    const { parameters, named, others } = groupLocals(code, position, total);
    expect([...parameters, ...named, ...others].toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: total }, (_, index) => index),
    );
    const names = variablesAt(code, position);
    return { named: [...parameters, ...named].map((index) => names.get(index)?.name), others };
  };
  const told = debugCode(built.code, built.sourceMap);
  expect(groups(told, 0).named).toEqual(['start', 'limit']);
  expect(groups(told, 0).others.length).toBeGreaterThan(0);
  expect(groups(told, 2).named).toEqual(['start', 'limit', 'value', 'steps']);
  const nameless = debugCode(compileText('(module (func (export "collatz") (param i64 i32) (local i32)))'));
  expect(groups(nameless, 0)).toEqual({ named: [undefined, undefined, undefined], others: [] });
});

const arrays = `class Pair {
  left: i32 = 0;
}
class Third extends Pair {
  name: string = "three";
  isOdd: bool = true;
  ratio: f64 = 0;
  next: Third | null = null;
  pairs: Pair[] = [new Pair()];
}
export function run(size: i32): i32 {
  const numbers: i64[] = [1, -2, 3];
  const many = new Array<u16>(size);
  for (let i = 0; i < size; i++) many[i] = u16(65535 - i);
  const words: (string | null)[] = ["a", null, "grüß"];
  const flags = [true, false];
  const floats = StaticArray.fromArray<f64>([0.5, NaN, 2]);
  const bytes = new Uint8Array(3);
  bytes[1] = 255;
  const view = Int16Array.wrap(bytes.buffer, 0, 1);
  const nested = [[1, 2], [3]];
  const none: i64[] | null = size > 9000 ? numbers : null;
  const empty: string[] = [];
  const pairs = [new Pair()];
  const third = new Third();
  third.left = 5;
  third.next = third;
  third.ratio = NaN;
  return numbers.length + many.length;
}
`;

/** Where all its locals are set. */
async function openArrays(size = 3): Promise<Session> {
  const session = openSession(await codeOf(arrays), 'run', { args: [size] });
  finish(session.move({ kind: 'to cursor', at: { kind: 'line', file: path, line: 29 }, back: false }));
  return session;
}

test('arrays are lists of what they hold', async () => {
  const session = await openArrays();
  const names = ['numbers', 'many', 'words', 'flags', 'floats', 'bytes', 'view', 'none', 'empty'];
  expect(names.map((name) => `${name}=${shown(session, name)}`)).toEqual([
    'numbers=[1, -2, 3]',
    'many=[65535, 65534, 65533]',
    'words=["a", null, "grüß"]',
    'flags=[true, false]',
    'floats=[0.5, NaN, 2]',
    'bytes=0x00ff00',
    'view=[-256]',
    'none=null',
    'empty=[]',
  ]);
  expect(shown(session, 'nested')).toMatch(/^\[\d+, \d+\]$/);
  expect(shown(session, 'pairs')).toMatch(/^\[\d+\]$/);
  const expressions = [
    'nested[1][0]',
    'floats[2] / 4',
    'words[2] + "!"',
    'many.length',
    'flags == flags',
    'flags[9]',
  ];
  expect(expressions.map((each) => shown(session, each))).toEqual(['3', '0.5', 'grüß!', '3', 'true', 'null']);
});

test("objects of the author's classes show their fields, and what those lead to when it is asked for", async () => {
  const session = await openArrays();
  expect(shown(session, 'third')).toMatch(
    /^\{left: 5, name: "three", isOdd: true, ratio: NaN, next: \d+, pairs: \d+\}$/,
  );
  const expressions = [
    'third.next.next.left',
    'third.pairs[0].left',
    'third.name.length',
    'third.no',
    'third == third.next',
  ];
  expect(expressions.map((each) => shown(session, each))).toEqual(['5', '0', '5', 'null', 'false']);
});

test('of a long array the first elements are read, and any other when it is asked for', async () => {
  const session = await openArrays(5000);
  expect(shown(session, 'many')).toMatch(/^\[65535, 65534, .*, … \d+ more\]$/);
  expect(shown(session, 'many').length).toBeLessThan(250);
  expect(shown(session, 'many[4999]')).toBe('60536');
  expect(shown(session, 'many.length')).toBe('5000');
  expect(shown(session, 'many == many')).toContain('not compared');
});

test('what a contract put where an object should be is an address, whatever it is', async () => {
  const session = await openArrays();
  const { machine } = session.timeline;
  const frame = machine.frames(0, 1)[0];
  const variables = [...variablesAt(session.code, session.position())];
  const memory = machine.memory(0, 8192);
  fc.assert(
    fc.property(
      fc.constantFrom(...variables),
      fc.array(fc.tuple(fc.nat(8188), fc.oneof(fc.nat(64), fc.integer({ min: 0, max: 2 ** 32 - 1 }))), {
        maxLength: 40,
      }),
      fc.oneof(fc.nat(8191), fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.constant(null)),
      ([index, { type }], words, address) => {
        const hostile = memory.slice();
        for (const [at, word] of words) new DataView(hostile.buffer).setUint32(at, word, true);
        const own = frame?.locals[index] ?? { type: 'i32', bits: 0n };
        const value = address === null ? own : ({ type: 'i32', bits: BigInt(address) } as const);
        const read = {
          memory: (from: number, length: number) => hostile.slice(from, from + length),
          layouts: session.code.layouts,
        };
        const datum = variableToDatum(value, type, read);
        const text = datumToText(datum);
        expect(datum.type === 'string' || datum.type === 'bytes' || text.length < 1000).toBe(true);
        if (datum.type === 'list') expect(datum.value.length).toBeLessThanOrEqual(100);
      },
    ),
  );
});
