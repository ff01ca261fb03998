import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesToHex } from '../../../core/base/bytes';
import { createContainers } from '../../../core/container/all';
import { type Watched, changesOf } from '../../../core/debugger/changes';
import { lastWrite } from '../../../core/debugger/last-write';
import type { Session } from '../../../core/debugger/session';
import { finish } from '../../../core/debugger/steps';
import type { Edit } from '../../../core/environment/edit';
import { defaultLimits } from '../../../core/environment/limits';
import { allImports } from '../../../core/imports/all';
import { environmentOf } from '../../conformance/environment';
import { watToWasm } from '../../fixtures/wat';
import { program } from '../container/wasm-stepping/program';
import { debugCode, openSession } from './sessions';

const code = debugCode(watToWasm(`(module ${program})`));
const [container] = createContainers();

const go = (session: Session, count: number): void => finish(session.timeline.goTo(count));

/** All there is to tell a moment from others. */
function look({ timeline }: Session): unknown {
  const { machine, end, count } = timeline;
  const { state, sends, logs } = machine.environment;
  const root = bytesToHex(state.hash(() => undefined));
  const shown = { count, root, sends: sends.length, logs: logs.length, calls: machine.importCalls() };
  return end?.count === count ? { ...shown, result: end.result } : { ...shown, digest: machine.digest() };
}

/** The same run, from its inputs alone. */
function runAgain({ timeline }: Session, rounds: number) {
  const loaded = container?.load(code.module.bytes, allImports, defaultLimits);
  if (loaded?.ok !== true) throw new Error('the code can be loaded');
  const environment = environmentOf(defaultLimits, { edits: [{ message: 0, edits: timeline.edits }] });
  const result = loaded.value.run({ name: 'run', args: [rounds] }, environment, null);
  return { result, root: bytesToHex(environment.state.hash(() => undefined)) };
}

const bits = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });

const edits: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('local' as const, 'operand' as const),
    frame: fc.nat(2),
    index: fc.nat(2),
    bits,
  }),
  fc.record({ kind: fc.constant('global' as const), index: fc.nat(1), bits }),
  fc.record({
    kind: fc.constant('memory' as const),
    address: fc.nat(9200),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 300 }),
  }),
  fc.record({
    kind: fc.constant('answer' as const),
    import: fc.constantFrom('kernel.random', 'kernel.state_get', 'kernel.log'),
    value: fc.constantFrom(null, 'text', Uint8Array.of(1, 2, 3)),
  }),
);
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('a run that is changed in its midst', () => {
  test('was as it was before the change, is the same however it is come to, and runs again from its inputs', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.tuple(share, edits), { minLength: 1, maxLength: 4 }),
        fc.array(share, { minLength: 2, maxLength: 6 }),
        (rounds, changes, places) => {
          const truth = openSession(code, 'run', { args: [rounds] });
          const session = openSession(code, 'run', { args: [rounds] });
          let first = Infinity;
          let edited = 0;
          for (const [at, edit] of changes) {
            go(session, Infinity);
            go(session, Math.floor(at * (session.end?.count ?? 0)));
            const { count } = session.timeline;
            if (session.end?.count === count || !session.edit(edit).ok) continue;
            // What was to come goes with it.
            edited = session.timeline.edits.length;
            first = Math.min(first, count);
            expect(session.timeline.edits.at(-1)).toStrictEqual({ count, edit });
            expect(session.timeline.edits.every((other) => other.count <= count)).toBe(true);
          }
          expect(session.isEdited).toBe(edited > 0);
          go(session, Infinity);
          expect(session.whatIf).toBe(edited);
          const end = session.end?.count ?? 0;
          const fresh = openSession(code, 'run', {
            args: [rounds],
            inputs: { edits: [{ message: 0, edits: session.timeline.edits }] },
          });
          for (const place of places) {
            const moment = Math.floor(place * (end + 1));
            go(session, moment);
            go(fresh, moment);
            expect(look(session)).toStrictEqual(look(fresh));
            if (moment >= first) continue;
            go(truth, moment);
            expect(session.whatIf).toBe(0);
            expect(look(session)).toStrictEqual(look(truth));
          }
          go(session, Infinity);
          const again = runAgain(session, rounds);
          expect(again.result).toStrictEqual(session.end?.result);
          expect(look(session)).toMatchObject({ root: again.root });
          expect(fresh.isEdited).toBe(false);
        },
      ),
      { numRuns: 20 },
    ));

  test('is as if a change had never been once that is taken back', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), edits), { minLength: 1, maxLength: 5 }),
        fc.record({ which: fc.nat(), standing: share, place: share }),
        (rounds, changes, { which, standing, place }) => {
          const session = openSession(code, 'run', {
            args: [rounds],
            keyframes: { spacing: 40, budget: 1 << 20, bytesPerInstruction: 1e9 },
          });
          let count = 0;
          for (const [further, edit] of changes) {
            count += further * 15;
            go(session, count);
            if (session.end?.count !== session.timeline.count) session.edit(edit);
          }
          const made = session.edits();
          const taken = made[which % made.length];
          if (taken === undefined) return;
          go(session, Infinity);
          const from = Math.floor(standing * (session.end?.count ?? 0));
          go(session, from);
          expect(finish(session.undo(taken.id))).toMatchObject({ ok: true });
          expect(session.timeline.count).toBe(Math.min(from, taken.at.count));
          const left = made.filter((each) => each !== taken && each.at.count <= taken.at.count);
          expect(session.edits().map(({ id }) => id)).toStrictEqual(left.map(({ id }) => id));
          expect(finish(session.undo(taken.id))).toMatchObject({ error: { code: 'no-edit' } });
          const fresh = openSession(code, 'run', {
            args: [rounds],
            inputs: { edits: [{ message: 0, edits: left.map(({ at }) => at) }] },
          });
          go(fresh, session.timeline.count);
          expect(look(session)).toStrictEqual(look(fresh));
          go(fresh, Infinity);
          for (const moment of [Infinity, Math.floor(place * (fresh.end?.count ?? 0)), 0]) {
            go(session, moment);
            go(fresh, moment);
            expect(look(session)).toStrictEqual(look(fresh));
          }
        },
      ),
      { numRuns: 20 },
    ));

  test('goes on with what it was changed to', () => {
    const session = openSession(code, 'run', { args: [2] });
    go(session, 20);
    const depth = session.position().depth;
    expect(session.edit({ kind: 'local', frame: depth - 1, index: 0, bits: 4n })).toMatchObject({ ok: true });
    go(session, Infinity);
    const four = openSession(code, 'run', { args: [4] });
    go(four, Infinity);
    expect(session.end?.result).toStrictEqual(four.end?.result);
  });
});

describe('what can’t be changed is refused with the reason', () => {
  const references = debugCode(
    watToWasm(`(module (memory 1) (global $g funcref (ref.null func)) (global $n (mut i32) (i32.const 0))
      (func (export "run") (param $n i32) (local $r externref) (drop (local.get $n))))`),
  );
  const open = () => openSession(references, 'run', { args: [1] });

  test.each<{ edit: Edit; message: string }>([
    { edit: { kind: 'local', frame: 0, index: 2, bits: 0n }, message: 'there is no local 2 in call 0' },
    { edit: { kind: 'local', frame: 1, index: 0, bits: 0n }, message: 'there is no local 0 in call 1' },
    {
      edit: { kind: 'local', frame: 0, index: 1, bits: 0n },
      message: 'local 1 in call 0 is a reference; only numbers can be changed',
    },
    { edit: { kind: 'operand', frame: 0, index: 0, bits: 0n }, message: 'there is no operand 0 in call 0' },
    {
      edit: { kind: 'global', index: 0, bits: 1n },
      message: 'global 0 is a reference; only numbers can be changed',
    },
    {
      edit: { kind: 'memory', address: 65_535, bytes: Uint8Array.of(1, 2) },
      message: "2 bytes at 65535 don't fit into the memory of 65536 bytes",
    },
  ])('$message', ({ edit, message }) => {
    const session = open();
    expect(session.edit(edit)).toMatchObject({ ok: false, error: { code: 'bad-edit', message } });
    expect(session.timeline.edits).toStrictEqual([]);
    // As an input that somebody made up it has no effect.
    const made = openSession(references, 'run', {
      args: [1],
      inputs: { edits: [{ message: 0, edits: [{ count: 0, edit }] }] },
    });
    go(session, Infinity);
    go(made, Infinity);
    expect(look(made)).toStrictEqual(look(session));
  });

  test('and so is any change at the end', () => {
    const session = open();
    go(session, Infinity);
    expect(session.edit({ kind: 'global', index: 1, bits: 1n })).toMatchObject({
      error: { code: 'run-over' },
    });
  });
});

test('what was changed by hand is told as such to who asks for writes and changes', () => {
  const small = debugCode(
    watToWasm(`(module (memory 1) (global $g (mut i32) (i32.const 1))
      (func (export "run") (local $i i32)
        (i32.store (i32.const 0) (i32.const 7))
        (local.set $i (i32.const 9))
        (i32.store (i32.const 4) (i32.const 8))))`),
  );
  const session = openSession(small, 'run');
  go(session, 3);
  session.edit({ kind: 'memory', address: 1, bytes: Uint8Array.of(4) });
  session.edit({ kind: 'memory', address: 1, bytes: Uint8Array.of(5) });
  go(session, 4);
  session.edit({ kind: 'global', index: 0, bits: 3n });
  go(session, 5);
  session.edit({ kind: 'local', frame: 0, index: 0, bits: 2n });
  const write = (address: number) =>
    finish(
      session.look(() =>
        lastWrite(session.timeline, small, { range: { address, length: 4 }, before: session.timeline.count }),
      ),
    );
  const changes = (of: Watched) =>
    finish(session.look(() => changesOf(session.timeline, small, { of, after: null, count: 9 }))).changes.map(
      ({ by, edited, before, after }) => [by.count, edited, before, after],
    );
  expect(changes({ kind: 'local', frame: 0, index: 0 })).toMatchObject([
    [4, false, { bits: 0n }, { bits: 9n }],
    [5, true, { bits: 9n }, { bits: 2n }],
  ]);
  go(session, Infinity);
  expect(changes({ kind: 'global', index: 0 })).toMatchObject([[4, true, { bits: 1n }, { bits: 3n }]]);
  expect(changes({ kind: 'memory', address: 0, length: 8 })).toMatchObject([
    [2, false, Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0), Uint8Array.of(7, 0, 0, 0, 0, 0, 0, 0)],
    [3, true, Uint8Array.of(7, 0, 0, 0, 0, 0, 0, 0), Uint8Array.of(7, 5, 0, 0, 0, 0, 0, 0)],
    [7, false, Uint8Array.of(7, 5, 0, 0, 0, 0, 0, 0), Uint8Array.of(7, 5, 0, 0, 8, 0, 0, 0)],
  ]);
  expect(write(4)).toMatchObject({ by: { count: 7 }, edited: false });
  expect(write(0)).toMatchObject({
    by: { count: 3 },
    edited: true,
    before: Uint8Array.of(7, 4, 0, 0),
    after: Uint8Array.of(7, 5, 0, 0),
  });
  go(session, 2);
  expect(write(0)).toBeNull();
});
