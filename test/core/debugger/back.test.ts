/** A moment is the same whichever way it was come to: forward, back or by a jump, over keyframes that are thinned out. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DebugCode } from '../../../core/debugger/code';
import type { Move, Session } from '../../../core/debugger/session';
import { finish } from '../../../core/debugger/steps';
import { exposeAll } from '../../conformance/expose';
import { createModuleGenerator } from '../../conformance/module-generator';
import { programOf } from '../../conformance/program';
import { bytesFromSeed } from '../../conformance/random';
import { compileText } from '../../conformance/text';
import { digestOf } from '../container/wasm-stepping/digest';
import { start } from '../container/wasm-stepping/machines';
import { program } from '../container/wasm-stepping/program';
import { type Opening, debugCode, openSession } from './sessions';

/** So near each other, and so few of them, that even short runs let go of some. */
const keyframes = { spacing: 20, budget: 60_000, bytesPerInstruction: Infinity };

/** What the machine is at a moment when it runs there in one go, from the beginning. */
function plainDigests({ stepping }: DebugCode, name: string, options: Opening): (count: number) => string {
  const known = new Map<number, string>();
  return (count) => {
    let digest = known.get(count);
    if (digest === undefined) {
      const machine = start(stepping, name, options);
      while (machine.count < count) if (machine.run({ count }).kind === 'end') break;
      digest = digestOf(machine);
      known.set(count, digest);
    }
    return digest;
  };
}

const moves: fc.Arbitrary<Move> = fc.oneof(
  { weight: 3, arbitrary: fc.nat(3000).map((count): Move => ({ kind: 'to count', count })) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom('in' as const, 'over' as const, 'out' as const),
      back: fc.boolean(),
      by: fc.constant('instruction' as const),
      times: fc.integer({ min: 1, max: 60 }),
    }),
  },
  fc.boolean().map((back): Move => ({ kind: 'continue', back })),
  fc.constantFrom<Move>({ kind: 'restart', by: 'instruction' }, { kind: 'to trap' }, { kind: 'to end' }),
);

function checkMoves(session: Session, asked: readonly Move[], plain: (count: number) => string): void {
  for (const move of asked) {
    finish(session.move(move));
    const { count } = session.position();
    expect({ move, count, digest: digestOf(session.timeline.machine) }).toStrictEqual({
      move,
      count,
      digest: plain(count),
    });
    expect(
      session.timeline.keyframes.all.length < 3 || session.timeline.keyframes.byteLength <= keyframes.budget,
    ).toBe(true);
  }
}

const withSends = `(import "kernel" "send" (func $send (param i32 i32 i32 i32 i32 i32 i32 i32)))
  (import "kernel" "reply" (func $reply (param i32 i32)))
  (import "kernel" "state_delete" (func $delete (param i32 i32) (result i32)))
  ${program}
  (data (i32.const 200) "child" "\\80" "\\07")
  (func $tell (param i32)
    (call $send (i32.const 200) (i32.const 5) (i32.const 200) (i32.const 5) (i32.const 205) (i32.const 1) (i32.const 0) (i32.const 0))
    (call $reply (i32.const 206) (i32.const 1))
    (drop (call $delete (i32.const 100) (i32.const 3))))`;

const endings = {
  'and ends well': '(drop (call $run (local.get 0)))',
  'and traps': '(drop (call $run (local.get 0))) (i32.store (i32.const -1) (i32.const 0))',
  'and is refused by an import':
    '(drop (call $run (local.get 0))) (call $reply (i32.const -1) (i32.const 9))',
};

describe.each(Object.entries(endings))('a run that writes state and sends %s', (_, ending) => {
  const fields = withSends.replace('(func (export "run")', '(func $run');
  const code = debugCode(
    compileText(`(module ${fields} (func (export "all") (param i32)
      (call $tell (local.get 0)) ${ending} (call $tell (local.get 0))))`),
  );

  test('is the same at every moment it is come to', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 16 }),
        fc.array(moves, { minLength: 4, maxLength: 14 }),
        (rounds, asked) => {
          const options = { args: [rounds], keyframes };
          checkMoves(openSession(code, 'all', options), asked, plainDigests(code, 'all', options));
        },
      ),
      { numRuns: 25 },
    );
  });

  test('is the same when gas runs out on the way', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 12_000 }),
        fc.array(moves, { minLength: 4, maxLength: 10 }),
        (gas, asked) => {
          const options = { args: [9], limits: { gas }, keyframes };
          checkMoves(openSession(code, 'all', options), asked, plainDigests(code, 'all', options));
        },
      ),
      { numRuns: 15 },
    );
  });
});

test('programs that are all control go back as they went forward', () => {
  const choices = fc.array(fc.nat(255), { maxLength: 300, size: 'max' });
  fc.assert(
    fc.property(choices, fc.array(moves, { minLength: 3, maxLength: 10 }), (chosen, asked) => {
      const code = debugCode(exposeAll(compileText(programOf(chosen))));
      const params = code.module.types[code.module.functionTypes[0] ?? 0]?.params ?? [];
      const options = { args: params.map((type) => (type === 'i64' ? 1n : 1)), keyframes };
      checkMoves(openSession(code, 'f0', options), asked, plainDigests(code, 'f0', options));
    }),
    { numRuns: 40 },
  );
});

test('generated modules go back as they went forward', async () => {
  const generator = await createModuleGenerator();
  fc.assert(
    fc.property(fc.nat(1000), fc.array(moves, { minLength: 3, maxLength: 8 }), (seed, asked) => {
      const code = debugCode(exposeAll(generator.generate(bytesFromSeed(seed, 700))));
      for (const [index, type] of code.module.functionTypes.entries()) {
        if (index > 6 || (code.module.types[type]?.params.length ?? 0) > 0) continue;
        const options = { keyframes };
        checkMoves(openSession(code, `f${index}`, options), asked, plainDigests(code, `f${index}`, options));
      }
    }),
    { numRuns: 15 },
  );
  generator.dispose();
});
