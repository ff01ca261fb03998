import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultToText } from '../../../core/base/fault';
import { hashToText } from '../../../core/base/hash';
import type { ScenarioEvent } from '../../../core/scenario/events';
import { gossipText } from '../../fixtures/contracts';
import { createWorkbench, eventsOf, scenarioOf } from '../../fixtures/scenarios';

/** Three kernels, and a step in which each message leads to one for each of the three while its number is not 0. */
const scenario = (schedule: string, numbers: readonly number[] = [1]) => `kernelscope: 1
kernels: { /a: { code: gossip.wat }, /b: { code: gossip.wat }, /c: { code: gossip.wat } }
schedule: ${schedule}
steps:
${numbers.map((number) => `  - { signal: /a, method: tell, args: [${number}], expect: { outcome: ok } }`).join('\n')}
`;

const run = (text: string) =>
  eventsOf(
    scenarioOf(text),
    createWorkbench(join(import.meta.dirname, 'nothing'), { 'gossip.wat': gossipText }).parts,
    false,
  );

const messagesIn = (events: readonly ScenarioEvent[]) =>
  events.flatMap((event) => (event.kind === 'message' ? [event.receipt.message] : []));

const receiversIn = (events: readonly ScenarioEvent[]) => messagesIn(events).map(({ to }) => to);

const rootOf = (events: readonly ScenarioEvent[]) =>
  events.flatMap((event) => (event.kind === 'ended' ? [hashToText(event.root)] : []));

const faultsOf = (events: readonly ScenarioEvent[]) =>
  events.flatMap((event) => (event.kind === 'fault' ? [faultToText(event.fault)] : []));

describe('a list of deliveries', () => {
  it('says which mailbox goes next, and after it the oldest message does', async () => {
    const events = await run(scenario('[/a, /c]'));
    expect(receiversIn(events)).toEqual(['/a', '/c', '/a', '/b']);
    expect(events.at(-1)).toMatchObject({ held: true });
  });

  it('takes the oldest message of one sender before those of others', async () => {
    const senders = async (schedule: string) =>
      messagesIn(await run(scenario(schedule, [2])))
        .filter(({ to }) => to === '/b')
        .map(({ from }) => from);
    expect(await senders('[/a, /a, /b, /c]')).toEqual(['/a', '/a', '/b', '/c']);
    expect(await senders('[/a, /a, /b, /c, { to: /b, from: /c }]')).toEqual(['/a', '/c', '/a', '/b']);
    expect(await senders('[{ to: /a, from: null }, /b, { to: /b, from: /b }]')).toEqual([
      '/a',
      '/b',
      '/a',
      '/c',
    ]);
  });

  it('replays the order of any run to the same roots', async () => {
    const numbers = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(fc.nat(1000), numbers, async (seed, steps) => {
        const seeded = await run(scenario(`{ seed: ${seed} }`, steps));
        const turns = messagesIn(seeded).map(({ to, from }) => ({ to, from }));
        for (const list of [turns, turns.map(({ to }) => to)]) {
          const replayed = await run(scenario(JSON.stringify(list), steps));
          expect(receiversIn(replayed)).toEqual(receiversIn(seeded));
          expect(rootOf(replayed)).toEqual(rootOf(seeded));
        }
      }),
      { numRuns: 15 },
    );
  });

  it('drops and duplicates what waits', async () => {
    const events = await run(scenario('[/a, { drop: /b }, { duplicate: /c, from: /a }, /a]'));
    expect(receiversIn(events)).toEqual(['/a', '/', '/', '/a', '/c', '/c']);
    expect(events.at(-1)).toMatchObject({ held: true, messages: 6 });
    const dropped = await run(scenario('[{ drop: /a, from: null }]'));
    expect(dropped.find(({ kind }) => kind === 'expectation')).toMatchObject({
      held: false,
      found: 'rejected: the signal was dropped',
    });
  });

  it('that names an empty mailbox ends the run there, with its place and what waits', async () => {
    const events = await run(scenario('[/a, /b, { to: /c, from: /b }, /a]', [1, 0]));
    expect(faultsOf(events)).toEqual([
      'test.yaml:3:20: delivery 3 of the schedule: no message from /b for /c is waiting\n' +
        '  waiting: /a → /a tell, /a → /c tell',
    ]);
    expect(events.at(-1)).toMatchObject({ held: false, failedSteps: 1, untakenSteps: 1, messages: 2 });
  });

  it('has to begin with the signal, for nothing else waits', async () => {
    expect(faultsOf(await run(scenario('[/b]')))).toEqual([
      'test.yaml:3:12: delivery 1 of the schedule: no message for /b is waiting\n  waiting: signal → /a tell',
    ]);
  });

  it('that says more than happens names what never came', async () => {
    const events = await run(scenario('[/a, /a, /b, /c, /b]'));
    expect(faultsOf(events)).toEqual([
      'test.yaml:3:28: delivery 5 of the schedule: no message for /b is waiting\n' +
        '  nothing is waiting: all that was sent was delivered before it',
    ]);
    expect(events.at(-1)).toMatchObject({ held: false, failedSteps: 0 });
  });
});
