import { describe, expect, test } from 'vitest';
import type { Params } from '../../../../core/studio/protocol/declare';
import type { debugBreakpointsProtocol } from '../../../../core/studio/protocol/debug-breakpoints';
import { keepSourceMap } from '../../../../core/studio/services/code-book';
import { create, signal } from '../../../fixtures/branch';
import { debugCode } from '../../debugger/sessions';
import { adder, asker, oracle } from '../../../fixtures/contracts';
import { never, openDebugService, valueOf } from './debug-services';

type Asked = Params<typeof debugBreakpointsProtocol, 'debug.setBreakpoint'>['breakpoint'];

function openWorld() {
  const events: string[] = [];
  const { storage, branch, service: handlers } = openDebugService((name) => void events.push(name));
  const set = (on: Asked['on'], more: Partial<Asked> = {}, id: number | null = null) =>
    handlers['debug.setBreakpoint'](
      { id, breakpoint: { on, enabled: true, when: null, hits: null, log: null, ...more } },
      never,
    );
  const rows = async () => valueOf(handlers['debug.breakpoints']({ start: 0, count: 100 }, never));
  const open = async (receipt: number) =>
    valueOf(handlers['debug.open']({ receipt, at: { kind: 'start', by: 'instruction' } }, never));
  const move = async (session: number, back: boolean) =>
    valueOf(handlers['debug.move']({ session, move: { kind: 'continue', back } }, never));
  return { storage, branch, handlers, events, set, rows, open, move };
}

const setState = { kind: 'import', import: 'kernel.state_set', argument: null } as const;

describe('a breakpoint', () => {
  test('is kept under its id, changed, and removed; whoever shows them is told', async () => {
    const { branch, handlers, events, set, rows } = openWorld();
    create(branch, '/sum', adder);
    const first = await valueOf(set(setState));
    const second = await valueOf(set({ kind: 'trap' }, { enabled: false }));
    expect((await valueOf(set({ kind: 'trap' }, {}, first.id))).id).toBe(first.id);
    expect((await rows()).rows.map(({ id, breakpoint }) => [id, breakpoint.on.kind])).toStrictEqual([
      [first.id, 'trap'],
      [second.id, 'trap'],
    ]);
    await valueOf(handlers['debug.removeBreakpoints']({ ids: [first.id] }, never));
    expect(await rows()).toMatchObject({ total: 1, rows: [{ id: second.id }] });
    expect(events.filter((name) => name === 'debug.breakpointsChanged')).toHaveLength(4);
    expect(await set(setState, {}, 77)).toMatchObject({ error: { code: 'no-breakpoint' } });
  });

  test('with an expression that can’t be read is refused at its place', async () => {
    const { set } = openWorld();
    expect(await set(setState, { when: '1 +' })).toMatchObject({
      error: { code: 'bad-expression', position: { column: 4 } },
    });
    expect(await set(setState, { log: 'a {1 +}' })).toMatchObject({
      error: { code: 'bad-expression', position: { column: 7 } },
    });
    const argument = { name: 'value', value: Number.NaN };
    expect(await set({ ...setState, argument })).toMatchObject({ error: { code: 'not-a-value' } });
  });

  test('is verified against the code that kernels run, and anew when that changes', async () => {
    const { branch, events, set, rows } = openWorld();
    expect(await valueOf(set({ kind: 'function', name: 'draw' }))).toMatchObject({
      verified: false,
      words: 'no kernel has code',
    });
    create(branch, '/sum', adder);
    const before = await rows();
    expect(before.rows).toMatchObject([{ verified: false, words: 'it has no function draw', places: [] }]);
    const told = events.length;
    signal(branch, '/sum', 'add', [1]);
    expect(events).toHaveLength(told);
    create(branch, '/oracle', oracle);
    expect(events).toHaveLength(told + 1);
    expect((await rows()).rows).toMatchObject([{ verified: true, words: null, places: [{ function: 3 }] }]);
  });

  test.each<[string, Asked['on'], string]>([
    [
      'of another kernel',
      { kind: 'memory', kernel: '/no', address: 0, length: 1 },
      'there is no code at /no',
    ],
    [
      'of an import',
      { kind: 'import', import: 'kernel.send', argument: null },
      'it does not import kernel.send',
    ],
    [
      'of an argument',
      { ...setState, argument: { name: 'valu', value: 1 } },
      'kernel.state_set has no parameter valu; it has key, value',
    ],
    [
      'of an imported function',
      { kind: 'function', name: '#0' },
      '#0 is imported: make the breakpoint on the import',
    ],
    ['of a method', { kind: 'method', kernel: '/sum', method: 'subtract' }, 'it has no method subtract'],
    ['of a line', { kind: 'line', file: 'contracts/sum.ts', line: 1 }, 'this code has no source map'],
    ['of other code', { kind: 'instruction', code: 'bafy', offset: 1 }, 'it is another code'],
  ])('that nothing can meet says why: one %s', async (_, on, words) => {
    const { branch, set } = openWorld();
    create(branch, '/sum', adder);
    expect(await valueOf(set(on))).toMatchObject({ verified: false, words });
  });

  test('at a line without code is moved to the next one with code, and says so', async () => {
    const { storage, branch, set } = openWorld();
    const code = branch.addCode(adder);
    const segments = Array.from(debugCode(adder).stepping.instructions(2), (offset, place) => [
      offset,
      0,
      place < 3 ? 4 : 6,
      0,
    ]);
    const map = { version: 3, sources: ['contracts/sum.ts'], names: [], mappings: [segments] };
    keepSourceMap(storage, code, JSON.stringify(map));
    create(branch, '/sum', adder);
    const at = (line: number, file = 'contracts/sum.ts') => valueOf(set({ kind: 'line', file, line }));
    expect(await at(5)).toMatchObject({ verified: true, words: null, line: { line: 5 } });
    expect(await at(6)).toMatchObject({
      verified: true,
      words: 'there is no code at line 6: it is at line 7',
      line: { file: 'contracts/sum.ts', line: 7 },
      places: [{ function: 2 }],
    });
    expect(await at(8)).toMatchObject({
      verified: false,
      words: 'no code is made from contracts/sum.ts from line 8 on',
    });
    expect(await at(1, 'contracts/other.ts')).toMatchObject({
      verified: false,
      words: 'this code is not made from contracts/other.ts',
    });
  });
});

test('with several codes of one contract, the one that has its line tells of it', async () => {
  const { storage, branch, set } = openWorld();
  const bind = (address: string, bytes: Uint8Array, line: number): void => {
    const { module, stepping } = debugCode(bytes);
    const segments = Array.from(stepping.instructions(module.importedFunctions), (offset) => [
      offset,
      0,
      line - 1,
      0,
    ]);
    const map = { version: 3, sources: ['contracts/sum.ts'], names: [], mappings: [segments] };
    keepSourceMap(storage, branch.addCode(bytes), JSON.stringify(map));
    create(branch, address, bytes);
  };
  bind('/older', asker, 7);
  bind('/newer', oracle, 6);
  const at = (line: number) => valueOf(set({ kind: 'line', file: 'contracts/sum.ts', line }));
  expect(await at(6)).toMatchObject({ verified: true, words: null, line: { line: 6 } });
  expect(await at(7)).toMatchObject({ verified: true, words: null, line: { line: 7 } });
  expect((await at(6)).places).toHaveLength(2);
  expect(await at(8)).toMatchObject({ verified: false });
});

test('at a line that only code of the past has, it is verified while a session is in that code', async () => {
  const { storage, branch, handlers, events, set, rows, open } = openWorld();
  const segments = Array.from(debugCode(adder).stepping.instructions(2), (offset) => [offset, 0, 4, 0]);
  const map = { version: 3, sources: ['contracts/sum.ts'], names: [], mappings: [segments] };
  keepSourceMap(storage, branch.addCode(adder), JSON.stringify(map));
  create(branch, '/sum', adder);
  const [receipt] = signal(branch, '/sum', 'add', [5]);
  signal(branch, '/sum', 'kernel:remove');
  create(branch, '/sum', oracle);
  const unverified = { verified: false, words: 'this code has no source map' };
  const line = { kind: 'line', file: 'contracts/sum.ts', line: 5 } as const;
  expect(await valueOf(set(line))).toMatchObject(unverified);
  const told = events.length;
  const { session } = await open(receipt?.index ?? 0);
  const words = expect.stringContaining('no kernel runs this code any more');
  expect(events).toHaveLength(told + 1);
  expect((await rows()).rows).toMatchObject([{ verified: true, words, line: { line: 5 }, places: [{}] }]);
  await valueOf(handlers['debug.close']({ session }, never));
  expect(events).toHaveLength(told + 2);
  expect((await rows()).rows).toMatchObject([unverified]);
  create(branch, '/again', adder);
  await open(receipt?.index ?? 0);
  expect((await rows()).rows).toMatchObject([{ verified: true, words: null }]);
});

describe('a session', () => {
  test('stops at breakpoints both ways, and says what was met', async () => {
    const { branch, set, open, move } = openWorld();
    create(branch, '/sum', adder);
    const [receipt] = signal(branch, '/sum', 'add', [5]);
    const onImport = await valueOf(set(setState));
    const onState = await valueOf(set({ kind: 'state', kernel: '/sum', path: 'sum', access: 'any' }));
    const { session } = await open(receipt?.index ?? 0);
    const read = await move(session, false);
    expect(read.reason).toMatchObject({ kind: 'breakpoint', hits: [{ breakpoint: onState.id }] });
    const written = await move(session, false);
    const words = 'kernel.state_set("sum", 0x0500000000000000)';
    expect(written.reason).toStrictEqual({
      kind: 'breakpoint',
      hits: [
        { breakpoint: onImport.id, words },
        { breakpoint: onState.id, words },
      ],
    });
    expect(await move(session, false)).toMatchObject({ reason: { kind: 'end' } });
    expect(await move(session, true)).toMatchObject({ reason: written.reason, count: written.count });
    expect(await move(session, true)).toMatchObject({ reason: read.reason, count: read.count });
  });

  test('looks out for what is changed while it is open, and shows what log points wrote', async () => {
    const { branch, handlers, set, open, move } = openWorld();
    create(branch, '/sum', adder);
    const [receipt] = signal(branch, '/sum', 'add', [5]);
    const { session } = await open(receipt?.index ?? 0);
    const { id } = await valueOf(set(setState, { log: 'sum becomes {i64[16]}' }));
    expect(await move(session, false)).toMatchObject({ reason: { kind: 'end' } });
    const logged = await valueOf(handlers['debug.logged']({ session, start: 0, count: 10 }, never));
    expect(logged).toMatchObject({ total: 1, rows: [{ breakpoint: id, text: 'sum becomes 5' }] });
  });

  test('of a kernel that was changed or removed since says so', async () => {
    const { branch, handlers, open } = openWorld();
    create(branch, '/sum', adder);
    const [receipt] = signal(branch, '/sum', 'add', [5]);
    const { session, notes } = await open(receipt?.index ?? 0);
    expect(notes).toStrictEqual([]);
    signal(branch, '/sum', 'kernel:remove');
    expect(await valueOf(handlers['debug.where']({ session }, never))).toMatchObject({
      notes: ['there is no kernel /sum any more'],
    });
    create(branch, '/sum', oracle);
    expect(await valueOf(handlers['debug.where']({ session }, never))).toMatchObject({
      notes: ['the code of /sum was replaced: this is the code that it had then'],
    });
  });
});
