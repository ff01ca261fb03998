/** Answers given by hand, in every container: the same inputs, and so the same receipts. */
import { describe, expect, test } from 'vitest';
import { createJavaScriptContainer } from '../../../core/container/javascript/javascript-container';
import { createSteppingContainer } from '../../../core/container/wasm-stepping/stepping-container';
import { createWasmContainer } from '../../../core/container/wasm/wasm-container';
import type { VmContainer } from '../../../core/container/container';
import type { ScenarioEvent } from '../../../core/scenario/events';
import { type ScenarioParts, runScenario } from '../../../core/scenario/run';
import type { Receipt } from '../../../core/kernel/receipt';
import { createWorkbench, scenarioOf } from '../../fixtures/scenarios';

/** Asks for the time twice, and for the message's method; keeps and logs what it was told. */
const texts = {
  'contracts/clock.ts': `
    import { log, method, state, time } from "kernelscope";
    export function tell(): void {
      const first = time();
      log("first " + first.toString());
      const second = time();
      state.set<u64>("second", second);
      log(method() + " " + second.toString());
    }`,
  'contracts/clock.js': `
    import { log, method, state, time } from 'kernelscope';
    export function tell() {
      const first = time();
      log('first ' + first);
      const second = time();
      state.set('second', second);
      log(method() + ' ' + second);
    }`,
};

const wasm = [createWasmContainer(), createJavaScriptContainer()];
const stepping = [createSteppingContainer(), createJavaScriptContainer()];

type Run = readonly [kind: string, file: keyof typeof texts, containers: readonly VmContainer[]];

const runs: readonly Run[] = [
  ['wasm', 'contracts/clock.ts', wasm],
  ['wasm-stepping', 'contracts/clock.ts', stepping],
  ['javascript', 'contracts/clock.js', wasm],
];

const builds = new Map<string, ReturnType<ScenarioParts['build']>>();

async function run([, file, containers]: Run, answers: string) {
  const { parts, branches } = createWorkbench('/nowhere', texts, containers);
  const build = (path: string) => {
    const known = builds.get(path) ?? parts.build(path);
    builds.set(path, known);
    return known;
  };
  const text = `kernelscope: 1
kernels: { /clock: { code: ${file} } }
answers: ${answers}
steps: [{ signal: /clock, method: tell }]
`;
  const events: ScenarioEvent[] = [];
  let last: Receipt | undefined;
  for await (const event of runScenario(scenarioOf(text), { ...parts, build }, { observed: true })) {
    if (event.kind === 'ended') last = branches[0]?.receipt(2);
    events.push(event);
  }
  if (last === undefined) throw new Error('the signal has a receipt');
  return { receipt: last, events };
}

const cases = [
  ['without any', '[]'],
  ['for each call', '[{ kernel: /clock, import: kernel.time, value: 77 }]'],
  ['for the second call', '[{ kernel: /clock, import: kernel.time, call: 1, value: 9223372036854775807 }]'],
  [
    'of bytes, for each call and for one',
    `[{ kernel: /clock, import: kernel.time, value: 1 }, { kernel: /clock, import: kernel.time, call: 0, value: 9 },
      { kernel: /clock, import: kernel.method, value: by hand }]`,
  ],
  ['that fail', '[{ kernel: /clock, import: kernel.time, fail: no clock }]'],
  ['of which the second call fails', '[{ kernel: /clock, import: kernel.time, call: 1, fail: no clock }]'],
  ['that an import could not give', '[{ kernel: /clock, import: kernel.time, value: soon }]'],
  ['for another kernel', '[{ kernel: /other, import: kernel.time, fail: no clock }]'],
] as const;

describe.each(cases)('answers %s', (_, answers) => {
  test('come to the same in each container', async () => {
    const [first, second, third] = await Promise.all(runs.map((each) => run(each, answers)));
    if (first === undefined || second === undefined || third === undefined) throw new Error('three runs');
    expect(second.receipt).toEqual(first.receipt);
    // Its code, its gas and its places are those of another language.
    const common = ({ outcome, after, logs, sends }: Receipt) => ({
      outcome: outcome.kind === 'trap' ? { ...outcome, position: null } : outcome,
      after,
      logs,
      sends,
    });
    expect(common(third.receipt)).toEqual(common(first.receipt));
    // Run again with observation on, nothing was otherwise.
    for (const { events } of [first, second, third])
      expect(events.filter(({ kind }) => kind === 'fault')).toEqual([]);
  });
});

test.each(runs)('a failure by hand undoes the run, keeps its words and is traced: %s', async (...each) => {
  const { receipt, events } = await run(each, cases[5][1]);
  expect(receipt.outcome).toMatchObject({ kind: 'trap', reason: 'refused', detail: 'no clock' });
  expect(receipt.logs).toEqual([`first 2`]);
  expect(receipt.after).toEqual(receipt.before);
  const calls = events.flatMap((event) => (event.kind === 'import' ? event.call : []));
  const times = calls.filter(({ name }) => name === 'time');
  expect(times.map(({ answered, refused }) => [answered, refused])).toEqual([
    [false, null],
    [true, 'no clock'],
  ]);
});
