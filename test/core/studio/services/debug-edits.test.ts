import { expect, test } from 'vitest';
import { textToBytes } from '../../../../core/base/bytes';
import type { Address } from '../../../../core/environment/address';
import type { Branch } from '../../../../core/history/branch';
import { create, signal } from '../../../fixtures/branch';
import { adder } from '../../../fixtures/contracts';
import { never, openDebugService, valueOf } from './debug-services';

/** Just before the adder adds what it was told, 7, to what it had, 5. */
async function openAtAddition() {
  const world = openDebugService();
  create(world.branch, '/sum', adder);
  signal(world.branch, '/sum', 'add', [5]);
  signal(world.branch, '/sum', 'add', [7]);
  const at = { kind: 'count', count: 10 } as const;
  const { session } = await valueOf(world.service['debug.open']({ receipt: 2, at }, never));
  return { ...world, session };
}

const given = { kind: 'operand', frame: 0, index: 2 } as const;

test('an edit shows what would have been, and goes on as a branch', async () => {
  const { branch, service, session, open } = await openAtAddition();
  const move = async (kind: 'to end' | 'restart') =>
    valueOf(
      service['debug.move'](
        { session, move: kind === 'restart' ? { kind, by: 'instruction' } : { kind } },
        never,
      ),
    );
  const fork = async (name: string) => service['debug.fork']({ session, name, run: 'repeat' }, never);
  expect(await fork('same')).toMatchObject({ ok: false, error: { code: 'no-edits' } });
  const edited = await valueOf(service['debug.edit']({ session, edit: { ...given, value: -2 } }, never));
  expect(edited).toMatchObject({ reason: { kind: 'edited' }, count: 10, whatIf: 1, end: null });
  const operands = service['debug.values']({ session, of: 'operands', frame: 0, start: 0, count: 9 }, never);
  expect((await valueOf(operands)).rows).toMatchObject([
    { changed: false },
    { value: 5n, changed: false },
    { value: -2n, changed: true },
  ]);
  expect(await move('to end')).toMatchObject({ whatIf: 1 });
  const changes = service['debug.changes']({ session, start: 0, count: 9 }, never);
  expect((await valueOf(changes)).rows).toMatchObject([
    { key: 'sum', after: { data: { bytes: Uint8Array.of(3, 0, 0, 0, 0, 0, 0, 0) } } },
  ]);
  expect(await move('restart')).toMatchObject({ whatIf: 0, count: 0 });
  expect(await valueOf(fork('less'))).toStrictEqual({
    name: 'less',
    length: 3,
    fork: { at: 2, from: ['main'] },
    current: false,
  });
  const sumIn = (of: Branch | undefined) =>
    of
      ?.world()
      .kernel('/sum' as Address)
      ?.state.get(textToBytes('sum'))?.[0];
  expect([sumIn(branch), sumIn(open('less'))]).toStrictEqual([12, 3]);
  expect(open('less')?.rerun(2, null)).toMatchObject({ ok: true });
});

test('what was changed is listed, and taken back one by one', async () => {
  const { service, session } = await openAtAddition();
  const edits = async () =>
    (await valueOf(service['debug.edits']({ session, start: 0, count: 9 }, never))).rows;
  const undo = async (id: number) => service['debug.undo']({ session, id }, never);
  const value = async () =>
    (await valueOf(service['debug.values']({ session, of: 'operands', frame: 0, start: 2, count: 1 }, never)))
      .rows[0]?.value;
  await valueOf(service['debug.edit']({ session, edit: { ...given, value: -2 } }, never));
  await valueOf(service['debug.edit']({ session, edit: { ...given, value: 9 } }, never));
  const bytes = Uint8Array.of(1, 2);
  await valueOf(service['debug.edit']({ session, edit: { kind: 'memory', address: 4, bytes } }, never));
  const answer = { kind: 'answer', import: 'kernel.state_get', call: 'next', value: null } as const;
  await valueOf(service['debug.edit']({ session, edit: answer }, never));
  const listed = await edits();
  expect(listed.map(({ moment, edited }) => ({ moment, edited }))).toMatchObject([
    { moment: 10, edited: { ...given, type: 'i64', before: 7n, after: -2n } },
    { moment: 10, edited: { ...given, before: -2n, after: 9n } },
    { moment: 10, edited: { kind: 'memory', address: 4, after: { bytes } } },
    // The adder has asked once for its sum.
    { moment: 10, edited: { kind: 'answer', answer: { import: 'kernel.state_get', call: 1, value: null } } },
  ]);
  await valueOf(service['debug.move']({ session, move: { kind: 'to end' } }, never));
  expect(await valueOf(undo(listed[1]?.id ?? -1))).toMatchObject({
    count: 10,
    reason: { kind: 'undone' },
    whatIf: 3,
  });
  expect(await value()).toBe(-2n);
  expect(await valueOf(undo(listed[0]?.id ?? -1))).toMatchObject({ whatIf: 2 });
  expect(await value()).toBe(7n);
  expect(await undo(listed[0]?.id ?? -1)).toMatchObject({ ok: false, error: { code: 'no-edit' } });
  expect((await edits()).map(({ id }) => id)).toStrictEqual(listed.slice(2).map(({ id }) => id));
});

test('an import can be made to refuse, in words', async () => {
  const { service, session, open } = await openAtAddition();
  await valueOf(service['debug.move']({ session, move: { kind: 'restart', by: 'instruction' } }, never));
  const edit = { kind: 'failure', import: 'kernel.state_get', call: 'next', words: 'no disk' } as const;
  await valueOf(service['debug.edit']({ session, edit }, never));
  const listed = await valueOf(service['debug.edits']({ session, start: 0, count: 9 }, never));
  expect(listed.rows).toMatchObject([
    { moment: 0, edited: { answer: { import: 'kernel.state_get', call: 0, fail: 'no disk' } } },
  ]);
  const end = await valueOf(service['debug.move']({ session, move: { kind: 'to end' } }, never));
  expect(end.end?.outcome).toMatchObject({ kind: 'trap', detail: expect.stringContaining('no disk') });
  await valueOf(service['debug.fork']({ session, name: 'refused', run: 'repeat' }, never));
  expect(open('refused')?.receipt(2)?.outcome).toMatchObject({ kind: 'trap' });
  expect(open('refused')?.rerun(2, null)).toMatchObject({ ok: true });
});

test('a stop tells which import is called next', async () => {
  const { service, session } = await openAtAddition();
  const imports = await valueOf(service['debug.imports']({ session, start: 0, count: 9 }, never));
  const count = imports.rows[0]?.moment ?? -1;
  const at = await valueOf(service['debug.move']({ session, move: { kind: 'to count', count } }, never));
  expect(at.nextImport).toBe('kernel.state_get');
  const after = await valueOf(
    service['debug.move']({ session, move: { kind: 'to count', count: count + 1 } }, never),
  );
  expect(after.nextImport).toBeNull();
});

test('what is no value of its type, no import, or not there is refused', async () => {
  const { service, session } = await openAtAddition();
  const codeOf = async (edit: Parameters<(typeof service)['debug.edit']>[0]['edit']) => {
    const answer = await service['debug.edit']({ session, edit }, never);
    return answer.ok ? 'ok' : answer.error.code;
  };
  expect(await codeOf({ ...given, value: 2n ** 64n })).toBe('bad-value');
  expect(await codeOf({ ...given, value: 0.5 })).toBe('bad-value');
  expect(await codeOf({ ...given, value: 'seven' })).toBe('bad-value');
  expect(await codeOf({ ...given, index: 3, value: 1 })).toBe('bad-edit');
  expect(await codeOf({ kind: 'global', index: 0, value: 1 })).toBe('bad-edit');
  expect(await codeOf({ kind: 'memory', address: 65_536, bytes: Uint8Array.of(1) })).toBe('bad-edit');
  expect(await codeOf({ kind: 'answer', import: 'kernel.tine', call: null, value: 1 })).not.toBe('ok');
  expect(await codeOf({ ...given, value: 2n ** 64n - 1n })).toBe('ok');
  await valueOf(service['debug.move']({ session, move: { kind: 'to end' } }, never));
  expect(await codeOf({ kind: 'memory', address: 0, bytes: Uint8Array.of(1) })).toBe('run-over');
});
