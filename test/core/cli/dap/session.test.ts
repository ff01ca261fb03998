import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Stopped,
  at,
  connect,
  createSession,
  makeWorkspace,
  purse,
  removeWorkspace,
  scenario,
  tally,
  threadId,
} from './client';

describe('a session', { timeout: 240_000 }, () => {
  const client = connect();
  const session = createSession(client);
  let first: Stopped;

  beforeAll(async () => {
    makeWorkspace();
    await client.start();
    first = await session.launch();
  }, 240_000);
  afterAll(async () => {
    await client.stop();
    removeWorkspace();
  });
  // Each begins at the first line, without breakpoints.
  beforeEach(async () => {
    for (const path of [purse, tally]) await session.break(path);
    await client.send('setFunctionBreakpoints', { breakpoints: [] });
    await client.send('setInstructionBreakpoints', { breakpoints: [] });
    await client.send('setDataBreakpoints', { breakpoints: [] });
    await client.setExceptionBreakpointsRequest({ filters: [] });
    await session.goBack();
  });

  it('stops at the first line, below which the call stack tells of the message and the step', () => {
    expect(first).toMatchObject({ reason: 'entry', line: 4 });
    expect(first.frames.map(({ name }) => name)).toStrictEqual([
      'contracts/purse/put',
      '#6 signal → /purse put(amount: 3)',
      'step 1',
    ]);
    expect(first.frames[0]?.source?.path).toBe(purse);
    expect(first.frames.at(-1)).toMatchObject({ source: { path: scenario }, line: 8 });
  });

  it('steps by line: over, into and out of calls, and back', async () => {
    expect(await session.next()).toMatchObject({ reason: 'step', line: 5 });
    const inside = await session.stepIn();
    expect(inside.frames.slice(0, 2).map(({ name, line }) => [name, line])).toStrictEqual([
      ['contracts/purse/triangle', 13],
      ['contracts/purse/put', 5],
    ]);
    expect((await session.next()).line).toBe(14);
    expect((await session.stepBack()).line).toBe(13);
    expect(await session.stepOut()).toMatchObject({ line: 5 });
    expect((await session.next()).line).toBe(6);
    expect((await session.stepBack()).line).toBe(5);
    expect((await session.stepBack()).line).toBe(4);
  });

  it('goes on past the end of a message at the next, and back into the one before', async () => {
    const next = await session.stepOut();
    expect(next.frames.map(({ name }) => name)).toContain('#7 /purse → /tally bump(arg0: 3)');
    const before = await session.stepBack();
    expect(before.frames.map(({ name }) => name)).toContain('#6 signal → /purse put(amount: 3)');
    expect(before.line).toBe(9);
  });

  it('steps into the messages that a message sends', async () => {
    const targets = (await client.stepInTargetsRequest({ frameId: 1 })).body.targets;
    expect(targets).toMatchObject([{ label: expect.stringContaining('/purse → /tally bump(arg0: 3)') }]);
    const targetId = targets[0]?.id ?? 0;
    const there = await session.stop(() => client.stepInRequest({ threadId, targetId }));
    expect(there.frames.map(({ name }) => name)).toStrictEqual([
      'bump',
      expect.stringContaining('/purse → /tally bump(arg0: 3)'),
      expect.stringContaining('signal → /purse put(amount: 3)'),
      'step 1',
    ]);
  });

  it('steps into the message that a line sends, and back to that line', async () => {
    await session.break(purse, { line: 8 });
    expect((await session.goOn()).line).toBe(8);
    const there = await session.stepIn();
    expect(there.frames.map(({ name }) => name)).toContain('#7 /purse → /tally bump(arg0: 3)');
    const back = await session.stepBack();
    expect(back).toMatchObject({ line: 8, frames: [{ name: 'contracts/purse/put' }, {}, {}] });
  });

  it('changes numbers and memory, to the end of the message', async () => {
    await client.setFunctionBreakpointsRequest({ breakpoints: [{ name: 'bump', condition: '$depth == 2' }] });
    await session.goOn();
    const set = async (scope: string, name: string, value: string) => {
      const { scopes } = (await client.scopesRequest({ frameId: 1 })).body;
      const variablesReference = scopes.find((each) => each.name === scope)?.variablesReference ?? 0;
      return (await client.setVariableRequest({ variablesReference, name, value })).body;
    };
    expect(await set('Parameters', 'by', 'by * 2 + 0x10')).toMatchObject({ value: '22', type: 'i32' });
    expect(await set('Globals', 'count', '-1')).toMatchObject({ value: '-1' });
    expect(await set('Locals', 'before', '$depth == 2')).toMatchObject({ value: '1' });
    expect(await session.scope('Parameters')).toStrictEqual({ by: '22' });
    await expect(set('Parameters', 'by', '"much"')).rejects.toThrow('no value of');
    await expect(set('Parameters', 'by', '1 << 40')).rejects.toThrow('out of the range');
    await expect(set('State', 'tally', '1')).rejects.toThrow("tally can't be changed");
    const write = (memoryReference: string, text: string, more: object = {}) =>
      client.send('writeMemory', { memoryReference, data: Buffer.from(text).toString('base64'), ...more });
    expect((await write('0x10', 'TALLY')).body).toStrictEqual({ bytesWritten: 5 });
    expect((await write('65534', 'long', { allowPartial: true })).body).toStrictEqual({ bytesWritten: 2 });
    await expect(write('65534', 'long')).rejects.toThrow("don't fit");
    await expect(write('0x100000000', 'code')).rejects.toThrow("code can't be changed");
    await session.stepOut();
    expect(await session.evaluate('count')).toBe('21');
    expect(await session.evaluate('$text(16, 5)')).toBe('"TALLY"');
    expect(session.outputs.filter(({ output }) => output.startsWith('What is changed'))).toHaveLength(1);
    // The next message is as it was.
    const next = await session.goOn();
    expect(next.frames.map(({ name }) => name)).toContain('#8 signal → /tally bump(arg0: 5)');
    expect(await session.evaluate('count')).toBe('7');
  });

  it('verifies breakpoints, moves them to code, and says why others can’t be met', async () => {
    const breakpoints = await session.break(
      purse,
      { line: 6 },
      { line: 11 },
      { line: 99 },
      { line: 6, condition: 'amount ==' },
      { line: 6, hitCondition: 'often' },
      { line: 6, logMessage: '{' },
    );
    expect(breakpoints).toMatchObject([
      { verified: true, line: 6 },
      { verified: true, line: 13, message: expect.stringContaining('line 13') },
      { verified: false, message: 'no code is made from contracts/purse.ts from line 99 on' },
      { verified: false, message: expect.stringContaining('the condition') },
      { verified: false, message: expect.stringContaining('hit count') },
      { verified: false, message: expect.stringContaining('the log message') },
    ]);
    expect(await session.break(at('contracts/script.js'), { line: 2 })).toMatchObject([
      { verified: false, message: expect.stringContaining('wasm') },
    ]);
    expect(await session.break(join(tmpdir(), 'other.ts'), { line: 1 })).toMatchObject([
      { verified: false, message: expect.stringContaining('not in the workspace') },
    ]);
  });

  it('continues to breakpoints of any message, and back to the one before and to the beginning', async () => {
    const [breakpoint] = await session.break(purse, { line: 6 });
    const there = await session.goOn();
    expect(there).toMatchObject({
      reason: 'breakpoint',
      line: 6,
      event: { hitBreakpointIds: [breakpoint?.id] },
    });
    const second = await session.goOn();
    expect(second.frames.at(-1)).toMatchObject({ name: 'step 4', line: 11 });
    expect((await session.goOn()).reason).toBe('end');
    expect(session.outputs).toContainEqual(
      expect.objectContaining({ category: 'stdout', output: '19 held\n' }),
    );
    const back = await session.goBack();
    expect(back).toMatchObject({ reason: 'breakpoint', line: 6 });
    expect(back.frames).toStrictEqual(second.frames);
    expect((await session.goBack()).frames).toStrictEqual(there.frames);
    expect(await session.goBack()).toMatchObject({ reason: 'entry', line: 4 });
  });

  it('takes conditions, hit counts and log messages', async () => {
    await session.break(
      purse,
      { line: 6, condition: '$args[0] == 2' },
      { line: 13, hitCondition: '3' },
      { line: 4, logMessage: 'put {$args[0]} to {$state["held"]}' },
    );
    expect(await session.goOn()).toMatchObject({ line: 13 });
    expect(await session.evaluate('$depth')).toBe('4');
    const second = await session.goOn();
    expect(second.frames.at(-1)?.name).toBe('step 4');
    expect(session.outputs).toContainEqual(
      expect.objectContaining({ output: 'put 2 to 16\n', line: 4, category: 'console' }),
    );
    expect(await session.goOn()).toMatchObject({ line: 6 });
  });

  it('stops at functions, imports and messages', async () => {
    const set = async (...names: readonly string[]) =>
      (
        await client.setFunctionBreakpointsRequest({ breakpoints: names.map((name) => ({ name })) })
      ).body.breakpoints.map(({ verified }) => verified);
    expect(await set('bump', 'kernel.state_set', 'nothing', '/purse take')).toStrictEqual([
      true,
      true,
      false,
      true,
    ]);
    const stops = [];
    for (let count = 0; count < 9; count++) stops.push((await session.goOn()).event.text);
    expect(stops).toStrictEqual([
      expect.stringContaining('kernel.state_set("held", 16)'),
      ...Array<string>(4).fill('bump is called'),
      expect.stringContaining('kernel.state_set("held", 19)'),
      ...Array<string>(2).fill('bump is called'),
      'take of /purse',
    ]);
  });

  it('stops just before a trap, and explains it', async () => {
    await client.setExceptionBreakpointsRequest({ filters: ['trap'] });
    const there = await session.goOn();
    expect(there).toMatchObject({ reason: 'exception', event: { text: 'not enough' } });
    expect(there.frames.find(({ source }) => source?.path === purse)?.line).toBe(19);
    expect((await client.exceptionInfoRequest({ threadId })).body).toMatchObject({
      exceptionId: 'abort',
      description: 'The contract gave up: not enough.',
    });
    expect((await session.goOn()).reason).toBe('end');
    expect(await session.goBack()).toMatchObject({ reason: 'exception' });
  });

  it('shows code without a source map as text, and stops in it', async () => {
    await client.setFunctionBreakpointsRequest({ breakpoints: [{ name: 'bump', condition: '$depth == 2' }] });
    const [frame] = (await session.goOn()).frames;
    const sourceReference = frame?.source?.sourceReference ?? 0;
    const { content } = (await client.sourceRequest({ sourceReference })).body;
    const lines = content.split('\n');
    expect(lines[(frame?.line ?? 0) - 1]?.trim()).toMatch(/^global\.get/);
    const store = lines.findIndex((line) => line.includes('i32.store')) + 1;
    const answer = await client.setBreakpointsRequest({
      source: { sourceReference },
      breakpoints: [{ line: store }],
    });
    expect(answer.body.breakpoints).toMatchObject([{ verified: true, line: store }]);
    expect(await session.goOn()).toMatchObject({ line: store, reason: 'breakpoint' });
    await client.setBreakpointsRequest({ source: { sourceReference }, breakpoints: [] });
  });

  it('shows parameters, locals, operands, globals, environment and state', async () => {
    await client.setFunctionBreakpointsRequest({ breakpoints: [{ name: 'bump', condition: '$depth == 2' }] });
    await session.goOn();
    await session.stepIn('instruction');
    expect(await session.scope('Parameters')).toStrictEqual({ by: '3' });
    expect(await session.scope('Locals')).toStrictEqual({ before: '0' });
    expect(await session.scope('Operands')).toStrictEqual({ 0: '7' });
    expect(await session.scope('Globals')).toStrictEqual({ count: '7' });
    expect(await session.scope('Environment')).toMatchObject({
      to: '"/tally"',
      method: '"bump"',
    });
    await client.setFunctionBreakpointsRequest({ breakpoints: [] });
    await session.break(purse, { line: 7 });
    await session.goOn();
    expect(await session.scope('Import calls')).toMatchObject({
      0: expect.stringContaining('kernel.state_get(key: "held"'),
    });
    expect(await session.scope('State')).toStrictEqual({ held: '19' });
    expect(await session.scope('Environment')).toMatchObject({ writes: 'to the state' });
  });

  it('evaluates expressions, and says what is wrong with others', async () => {
    expect(await session.evaluate('$args[0] * 2')).toBe('6');
    const { scopes } = (await client.scopesRequest({ frameId: 1 })).body;
    for (const { variablesReference } of scopes) {
      const { variables } = (await client.variablesRequest({ variablesReference })).body;
      for (const { evaluateName } of variables)
        if (evaluateName !== undefined) await session.evaluate(evaluateName);
    }
    expect(await session.evaluate('$state["held"]')).toBe('10');
    const wrong = client.evaluateRequest({ expression: 'nobody + 1', frameId: 1, context: 'hover' });
    await expect(wrong).rejects.toThrow('nobody');
  });

  it('disassembles, and stops at instructions', async () => {
    await client.setFunctionBreakpointsRequest({ breakpoints: [{ name: 'bump', condition: '$depth == 2' }] });
    const [frame] = (await session.goOn()).frames;
    const memoryReference = frame?.instructionPointerReference ?? '';
    const around = async (instructionOffset: number, instructionCount: number) =>
      (await client.disassembleRequest({ memoryReference, instructionOffset, instructionCount })).body
        ?.instructions ?? [];
    const here = await around(0, 3);
    expect(here[0]).toMatchObject({
      address: memoryReference,
      symbol: 'bump',
      instruction: 'global.get $count',
    });
    const all = await around(-100, 200);
    expect(all).toHaveLength(200);
    expect(all[100]).toStrictEqual(here[0]);
    expect(all.filter(({ presentationHint }) => presentationHint !== 'invalid').at(-1)?.instruction).toBe(
      'end',
    );
    const addresses = all.map(({ address }) => BigInt(address));
    expect(addresses).toStrictEqual(addresses.toSorted((left, right) => Number(left - right)));
    const { breakpoints } = (
      await client.send('setInstructionBreakpoints', {
        breakpoints: [{ instructionReference: here[2]?.address }, { instructionReference: '0x7' }],
      })
    ).body as DebugProtocol.SetInstructionBreakpointsResponse['body'];
    expect(breakpoints).toMatchObject([{ verified: true }, { verified: false }]);
    const there = await session.goOn();
    expect(there).toMatchObject({ reason: 'instruction breakpoint' });
    expect(there.frames[0]?.instructionPointerReference).toBe(here[2]?.address);
    const back = await session.stepBack('instruction');
    expect(back.frames[0]?.instructionPointerReference).toBe(here[1]?.address);
  });

  it('reads memory, and watches it and entries of the state', async () => {
    const info = async (args: DebugProtocol.DataBreakpointInfoArguments) =>
      (await client.dataBreakpointInfoRequest(args)).body;
    const held = await stateScope(session);
    const entry = await info({ variablesReference: held, name: 'held' });
    expect(entry).toMatchObject({ accessTypes: ['read', 'write', 'readWrite'] });
    await client.setDataBreakpointsRequest({
      breakpoints: [{ dataId: entry.dataId ?? '', accessType: 'write' }],
    });
    expect(await session.goOn()).toMatchObject({ reason: 'data breakpoint' });
    await client.setFunctionBreakpointsRequest({ breakpoints: [{ name: 'bump', condition: '$depth == 2' }] });
    await session.goOn();
    const memory = (await client.send('readMemory', { memoryReference: '0x10', count: 8 })).body;
    expect(memory).toStrictEqual({ address: '0x10', data: Buffer.from('tally\0\0\0').toString('base64') });
    const beyond = (await client.send('readMemory', { memoryReference: '65530', count: 10 })).body;
    expect(beyond).toMatchObject({ unreadableBytes: 4 });
    const bytes = await info({ name: '0x20', asAddress: true, bytes: 4 } as never);
    await client.setDataBreakpointsRequest({ breakpoints: [{ dataId: bytes.dataId ?? '' }] });
    const written = await session.goOn();
    expect(written).toMatchObject({ reason: 'data breakpoint', event: { text: '0x20..0x24 was written' } });
    expect(await session.evaluate('i32[32]')).toBe('10');
  });

  it('lists its sources, and gives the text of those that came with the compiler', async () => {
    const { sources } = (await client.send('loadedSources'))
      .body as DebugProtocol.LoadedSourcesResponse['body'];
    expect(sources.map(({ path }) => path)).toContain(purse);
    const library = sources.find(({ name }) => name?.startsWith('~lib/kernelscope'));
    const sourceReference = library?.sourceReference ?? 0;
    expect((await client.sourceRequest({ sourceReference })).body.content).toContain('export');
    const standard = sources.find(({ name }) => name?.startsWith('~lib/util'));
    const answer = await client.sourceRequest({ sourceReference: standard?.sourceReference ?? 0 });
    expect(answer.body.content).toContain('export');
  });
});

async function stateScope({ client }: ReturnType<typeof createSession>): Promise<number> {
  const { scopes } = (await client.scopesRequest({ frameId: 1 })).body;
  return scopes.find(({ name }) => name === 'State')?.variablesReference ?? 0;
}
