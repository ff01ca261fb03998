import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { faultToText } from '../../../core/base/fault';
import { outcomeToText } from '../../../core/environment/outcome';
import type { ScenarioEvent } from '../../../core/scenario/events';
import { createWorkbench, eventsOf, scenarioOf } from '../../fixtures/scenarios';

/** Adds to a number under `n`, logs, and sends on what is left to its child `next`. */
const relay = `(module
  (import "kernel" "state_get" (func $get (param i32 i32 i32 i32) (result i32)))
  (import "kernel" "state_set" (func $set (param i32 i32 i32 i32)))
  (import "kernel" "time" (func $time (result i64)))
  (memory (export "memory") 1)
  (data (i32.const 0) "n")
  (func (export "add") (param $by i64) (result i64)
    (drop (call $get (i32.const 0) (i32.const 1) (i32.const 8) (i32.const 8)))
    (i64.store (i32.const 8) (i64.add (i64.load (i32.const 8)) (local.get $by)))
    (call $set (i32.const 0) (i32.const 1) (i32.const 8) (i32.const 8))
    (i64.load (i32.const 8)))
  (func (export "now") (result i64) (call $time))
  (func (export "fail") unreachable)
  (func (export "spin") (loop $again (br $again))))`;

const relayInterface = JSON.stringify({
  kernelscope: 1,
  methods: [
    { name: 'add', params: [{ name: 'by', type: 'u64' }], result: 'u64' },
    { name: 'now', params: [], result: 'u64' },
    { name: 'fail', params: [], result: null },
    { name: 'spin', params: [], result: null },
  ],
  records: [],
});

const workbench = () =>
  createWorkbench(join(import.meta.dirname, 'nothing'), {
    'relay.wat': relay,
    'relay.interface.json': relayInterface,
    'broken.wat': '(module\n  (func (nop)',
  });

const head = 'kernelscope: 1\nkernels: { /a: { code: relay.wat, state: { n: !!binary AQAAAAAAAAA= } } }\n';

const run = (rest: string, observed = true) => eventsOf(scenarioOf(head + rest), workbench().parts, observed);

const kindsOf = (events: readonly ScenarioEvent[]) => events.map(({ kind }) => kind);

const faultsOf = (events: readonly ScenarioEvent[]) =>
  events.flatMap((event) => (event.kind === 'fault' ? [faultToText(event.fault)] : []));

const judgementsOf = (events: readonly ScenarioEvent[]) =>
  events.flatMap((event) =>
    event.kind === 'expectation'
      ? [[event.expectation.kind, event.held, event.expected, event.found, event.expectation.position.line]]
      : [],
  );

describe('a run', () => {
  it('tells what happens in order', async () => {
    const events = await run(
      'steps: [{ signal: /a, method: add, args: { by: 2 }, expect: { outcome: ok } }]\n',
    );
    expect(kindsOf(events)).toEqual([
      'built',
      'kernel',
      'step-begun',
      'message',
      'import',
      'import',
      'change',
      'expectation',
      'step-ended',
      'ended',
      'summary',
    ]);
    expect(events.at(-1)).toMatchObject({ held: true, steps: 1, failedSteps: 0, messages: 1, faults: 0 });
    expect(events.find(({ kind }) => kind === 'change')).toMatchObject({
      kernel: '/a',
      before: Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0),
      after: Uint8Array.of(3, 0, 0, 0, 0, 0, 0, 0),
    });
  });

  it('tells the same twice, and no imports when nobody looks', async () => {
    const rest = 'steps: [{ signal: /a, method: add, args: [2] }, { signal: /a, method: fail }]\n';
    const [once, twice, unobserved] = [await run(rest), await run(rest), await run(rest, false)];
    const receiptsOf = (events: readonly ScenarioEvent[]) =>
      events.flatMap((event) => (event.kind === 'message' ? [event.receipt] : []));
    expect(twice).toMatchObject(once.map(({ kind }) => ({ kind })));
    expect(receiptsOf(twice)).toEqual(receiptsOf(once));
    expect(receiptsOf(unobserved)).toEqual(receiptsOf(once));
    expect(kindsOf(unobserved)).not.toContain('import');
  });

  it('gives answers by hand', async () => {
    const rest = `answers: [{ kernel: /a, import: kernel.time, value: 77 }]
steps: [{ signal: /a, method: now, expect: { reply: 77 } }]
`;
    const events = await run(rest);
    expect(events.at(-1)).toMatchObject({ held: true });
    expect(events.find(({ kind }) => kind === 'import')).toMatchObject({ call: { answered: true } });
  });

  it('takes limits from the file and gas from the step', async () => {
    const outcomes = (
      await run(`limits: { gas: 1000 }
steps: [{ signal: /a, method: spin }, { signal: /a, method: spin, gas: 50 }]
`)
    ).flatMap((event) =>
      event.kind === 'message' ? [[outcomeToText(event.receipt.outcome), event.receipt.gasUsed <= 1000]] : [],
    );
    expect(outcomes).toEqual([
      ['trap: out of gas', true],
      ['trap: out of gas', true],
    ]);
  });

  it('stops where nobody asks on', async () => {
    const { parts, branches } = workbench();
    const { runScenario } = await import('../../../core/scenario/run');
    const rest = 'steps: [{ signal: /a, method: add, args: [1] }, { signal: /a, method: add, args: [1] }]\n';
    for await (const event of runScenario(scenarioOf(head + rest), parts, { observed: true })) {
      if (event.kind === 'message') break;
    }
    expect(branches).toHaveLength(1);
  });
});

describe('an expectation', () => {
  it('that fails says what was expected, what was found, and where', async () => {
    const events = await run(`steps:
  - signal: /a
    method: add
    args: { by: 2 }
    expect:
      outcome: { trap: unreachable }
      reply: 4
      messages: 2
      log: [a]
      state:
        /a: { n: 0x04, m: 1 }
        /b: { n: null }
`);
    expect(judgementsOf(events)).toEqual([
      ['outcome', false, 'trap: unreachable', 'ok', 8],
      ['reply', false, 4, 3, 9],
      ['messages', false, 2, 1, 10],
      ['log', false, ['a'], [], 11],
      ['state', false, '0x04', Uint8Array.of(3, 0, 0, 0, 0, 0, 0, 0), 13],
      ['state', false, 1, undefined, 13],
      ['state', false, null, undefined, 14],
    ]);
    expect(events.at(-1)).toMatchObject({
      held: false,
      failedSteps: 1,
      expectations: 7,
      failedExpectations: 7,
    });
  });

  it('that holds is told, too', async () => {
    const events = await run(`steps:
  - signal: /a
    method: fail
    expect: { outcome: { trap: unreach }, reply: null, log: [], state: { /a: { n: 0x0100000000000000, m: null } } }
  - signal: /a
    method: nope
    expect: { outcome: { rejected: no method nope }, messages: 1 }
  - signal: /nowhere
    method: add
    args: { by: 2 }
    expect: { outcome: { rejected: /nowhere } }
  - signal: /a
    method: add
    args: { by: much }
    expect: { outcome: { rejected: 'expected u64' } }
`);
    expect(judgementsOf(events).filter(([, held]) => held !== true)).toEqual([]);
    expect(events.at(-1)).toMatchObject({ held: true, expectations: 9 });
  });
});

describe('a run that can not go on', () => {
  it('names an argument that is unknown, and takes the next step', async () => {
    const events = await run(`steps:
  - signal: /a
    method: add
    args: { bye: 2 }
  - { signal: /a, method: add, args: {} }
  - { signal: /a, method: add, args: [1], expect: { reply: 2 } }
`);
    expect(faultsOf(events)).toEqual([
      'test.yaml:6:13: add has no parameter `bye`; did you mean `by`?\n  it is called as add(by: u64)',
      'test.yaml:7:5: add needs `by`, of type u64\n  it is called as add(by: u64)',
    ]);
    expect(events.at(-1)).toMatchObject({ held: false, failedSteps: 2, faults: 2, failedExpectations: 0 });
  });

  it('names an answer to an import that there is not', async () => {
    const events = await run('answers: [{ kernel: /a, import: kernel.tiem, value: 7 }]\nsteps: []\n');
    expect(faultsOf(events)).toEqual([
      expect.stringMatching(
        /^test.yaml:3:33: there is no import `kernel.tiem`; did you mean `kernel.time`\?/,
      ),
    ]);
    expect(kindsOf(events)).toEqual(['built', 'fault', 'summary']);
  });

  it('names a contract that does not compile, and one that is not there', async () => {
    const scenario = (code: string) =>
      scenarioOf(`kernelscope: 1\nkernels: { /a: { code: ${code} } }\nsteps: [{ signal: /a, method: m }]\n`);
    const broken = faultsOf(await eventsOf(scenario('broken.wat'), workbench().parts));
    expect(broken[0]).toMatch(/^broken\.wat:\d+:\d+: /);
    expect(broken.at(-1)).toBe('test.yaml:2:24: broken.wat does not compile');
    const missing = await eventsOf(scenario('missing.wat'), workbench().parts);
    expect(faultsOf(missing).join('\n')).toMatch(/missing\.wat/);
    expect(missing.at(-1)).toMatchObject({ held: false, untakenSteps: 1, messages: 0 });
  });
});
