import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesToHex } from '../../../../core/base/bytes';
import type { Snapshot, SteppingCode } from '../../../../core/container/wasm-stepping/machine';
import { defaultLimits } from '../../../../core/environment/limits';
import { environmentOf } from '../../../conformance/environment';
import { exposeAll } from '../../../conformance/expose';
import { createModuleGenerator } from '../../../conformance/module-generator';
import { bytesFromSeed } from '../../../conformance/random';
import { digestOf } from './digest';
import { loadBytes, loadText, runToEnd, start } from './machines';
import { program } from './program';

/** Digests at these counts, each reached from the start in one go; the machine's way there is the plainest. */
function digestsByJump(
  code: SteppingCode,
  args: readonly number[],
  counts: readonly number[],
): readonly string[] {
  const machine = start(code, 'run', { args });
  return counts.map((count) => {
    machine.run({ count });
    expect(machine.position().count).toBe(count);
    return digestOf(machine);
  });
}

function lengthOf(code: SteppingCode, args: readonly number[]): number {
  const machine = start(code, 'run', { args });
  runToEnd(machine);
  return machine.position().count;
}

test('a moment is the same whether it is reached forward, step by step, back or by a jump', () => {
  const code = loadText(program);
  const rounds = 14;
  const length = lengthOf(code, [rounds]);
  const moments = fc.array(fc.integer({ min: 0, max: length - 1 }), { minLength: 2, maxLength: 12 });
  fc.assert(
    fc.property(moments, (wanted) => {
      const counts = [...new Set(wanted)].toSorted((left, right) => left - right);
      const expected = new Map(
        digestsByJump(code, [rounds], counts).map((digest, index) => [counts[index], digest]),
      );
      const machine = start(code, 'run', { args: [rounds] });
      const snapshots = counts.map((count) => {
        machine.run({ count });
        return machine.snapshot();
      });
      // In the order in which they were wished for: back and forth.
      for (const count of wanted) {
        const snapshot = snapshots.findLast((candidate) => candidate.count <= count);
        if (snapshot === undefined) throw new Error('there is one of each');
        machine.restore(snapshot);
        expect(digestOf(machine)).toBe(expected.get(count));
        const earlier = snapshots.find((candidate) => candidate.count >= count - 40) ?? snapshot;
        machine.restore(earlier.count <= count ? earlier : snapshot);
        while (machine.position().count < count) expect(machine.run({ slice: 1 }).kind).toBe('slice');
        expect(digestOf(machine)).toBe(expected.get(count));
      }
    }),
    { numRuns: 30 },
  );
});

test('the run ends alike from any moment, in another machine too', () => {
  const code = loadText(program);
  const machine = start(code, 'run', { args: [9] });
  const snapshots = Array.from({ length: 20 }, (_, index) => {
    machine.run({ count: 1 + index * 37 });
    return machine.snapshot();
  });
  const ended = runToEnd(machine);
  const last = digestOf(machine);
  expect(ended.result.outcome.kind).toBe('ok');
  const other = code.createMachine();
  for (const snapshot of snapshots.toReversed()) {
    for (const each of [machine, other]) {
      each.restore(snapshot);
      expect(runToEnd(each)).toEqual(ended);
      expect(digestOf(each)).toBe(last);
    }
  }
});

test('generated programs go back as they went forward', async () => {
  const generator = await createModuleGenerator();
  for (let seed = 0; seed < 25; seed++) {
    const code = loadBytes(exposeAll(generator.generate(bytesFromSeed(seed, 800))));
    const machine = code.createMachine();
    for (const name of ['f2', 'f3', 'f4']) {
      if (machine.start({ name, args: [] }, environmentOf(defaultLimits), null) !== null) continue;
      const digests: string[] = [];
      const snapshots: Snapshot[] = [];
      for (let step = 0; step < 40; step++) {
        digests.push(bytesToHex(machine.digest()));
        snapshots.push(machine.snapshot());
        if (machine.run({ slice: 7 }).kind === 'end') break;
      }
      for (let index = snapshots.length - 1; index > 0; index -= 3) {
        machine.restore(snapshots[index - 1] ?? machine.snapshot());
        machine.run({ count: 7 * index });
        expect(bytesToHex(machine.digest())).toBe(digests[index]);
      }
    }
  }
  generator.dispose();
});
