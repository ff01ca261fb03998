import { writeFileSync } from 'node:fs';
import type { DebugClient } from '@vscode/debugadapter-testsupport';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { gossipText } from '../../../fixtures/contracts';
import { createWorkbench, eventsOf, scenarioOf } from '../../../fixtures/scenarios';
import { at, connect, createSession, folder, makeWorkspace, removeWorkspace, threadId } from './client';

beforeAll(() => {
  makeWorkspace();
  writeFileSync(at('contracts/gossip.wat'), gossipText);
});
afterAll(removeWorkspace);

/** Three kernels, and a step in which each message leads to one for each of the three while its number is not 0. */
const scenarioWith = (schedule: string, number: number): string => `kernelscope: 1
name: gossip
kernels:
  /a: { code: contracts/gossip.wat }
  /b: { code: contracts/gossip.wat }
  /c: { code: contracts/gossip.wat }
schedule: ${schedule}
steps:
  - { signal: /a, method: tell, args: [${number}] }
`;

/** The messages that ran code, in the order in which they were delivered. */
async function deliveries(text: string): Promise<readonly string[]> {
  const events = await eventsOf(scenarioOf(text), createWorkbench(folder).parts, false);
  return events.flatMap((event) =>
    event.kind === 'message' && event.receipt.message.to !== '/'
      ? [`#${event.receipt.index} ${event.receipt.message.from ?? 'signal'} → ${event.receipt.message.to}`]
      : [],
  );
}

/** It may stop in a message more than once. */
const withoutRepeats = (messages: readonly string[]): readonly string[] =>
  messages.filter((message, place) => message !== messages[place - 1]);

describe('an adapter, on messages in an order of their own', { timeout: 120_000 }, () => {
  let client: DebugClient;
  beforeEach(async () => {
    client = connect();
    await client.start();
  });
  afterEach(() => client.stop());

  it.each([
    ['a list', '[/a, /c, { duplicate: /b, from: /a }, /b, { drop: /a }]', 1],
    ['a seed', '{ seed: 7 }', 2],
  ])('goes through those of %s, back to the first, and to the end', async (_, schedule, number) => {
    const text = scenarioWith(schedule, number);
    const scenario = at('scenarios/gossip.yaml');
    writeFileSync(scenario, text);
    const order = await deliveries(text);
    const session = createSession(client);
    const messageOf = (frames: Awaited<ReturnType<typeof session.framesNow>>): string =>
      frames.map(({ name }) => /^#.* → \/\w/.exec(name)?.[0]).find((name) => name !== undefined) ?? '';

    const first = await session.launch({ scenario });
    expect(messageOf(first.frames)).toBe(order[0]);
    await client.setFunctionBreakpointsRequest({
      breakpoints: ['/a tell', '/b tell', '/c tell'].map((name) => ({ name })),
    });
    const on = [messageOf(first.frames)];
    for (let there = await session.goOn(); there.reason !== 'end'; there = await session.goOn()) {
      on.push(messageOf(there.frames));
    }
    expect(withoutRepeats(on)).toEqual(order);

    const back = [messageOf((await session.goBack()).frames)];
    // Before the beginning of a message is the end of the one that was delivered before it.
    expect(messageOf((await session.stepBack()).frames)).toBe(order.at(-2));
    expect(messageOf((await session.next()).frames)).toBe(order.at(-1));
    for (let isThere = false; !isThere;) {
      const { reason, frames } = await session.goBack();
      back.push(messageOf(frames));
      isThere = reason === 'entry';
    }
    expect(withoutRepeats(back)).toEqual(order.toReversed());

    while ((await session.goOn()).reason !== 'end');
    const [exited] = await Promise.all([client.waitForEvent('exited'), client.continueRequest({ threadId })]);
    expect(exited.body).toStrictEqual({ exitCode: 0 });
  });

  it('tells of a delivery that can not be made, and where it is written', async () => {
    const scenario = at('scenarios/gossip.yaml');
    writeFileSync(scenario, scenarioWith('[/a, /b, /b]', 1));
    const session = createSession(client);
    await session.launch({ scenario });
    while ((await session.goOn()).reason !== 'end');
    const [exited] = await Promise.all([client.waitForEvent('exited'), client.continueRequest({ threadId })]);
    expect(exited.body).toStrictEqual({ exitCode: 1 });
    expect(session.outputs).toContainEqual(
      expect.objectContaining({ category: 'stderr', output: expect.stringContaining('delivery 3'), line: 7 }),
    );
  });
});
