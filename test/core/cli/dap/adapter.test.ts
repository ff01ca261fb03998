import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import type { DebugClient } from '@vscode/debugadapter-testsupport';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  at,
  connect,
  contracts,
  createSession,
  folder,
  makeWorkspace,
  program,
  purse,
  removeWorkspace,
  scenario,
  text,
  threadId,
} from './client';

beforeAll(makeWorkspace);
afterAll(removeWorkspace);

describe('an adapter', { timeout: 240_000 }, () => {
  let client: DebugClient;

  beforeEach(async () => {
    client = connect();
    await client.start();
  });
  afterEach(() => client.stop(), 60_000);

  const scenarioOf = (name: string, yaml: string): string => {
    const file = at(`scenarios/${name}.yaml`);
    writeFileSync(file, yaml);
    return file;
  };

  it('refuses launch configurations with what is wrong in them', async () => {
    await client.initializeRequest();
    const launch = (configuration: object) => client.send('launch', configuration);
    const broken = scenarioOf('broken', text.replace('method: bump', 'methud: bump'));
    const missing = scenarioOf(
      'missing',
      'kernelscope: 1\nname: x\nkernels:\n  /tally: { code: contracts/talli.wat }\nsteps: []\n',
    );
    await expect(launch({})).rejects.toThrow('the path of a scenario file');
    await expect(launch({ scenario: 'nowhere.yaml' })).rejects.toThrow('nowhere.yaml: there is no such file');
    await expect(launch({ scenario: broken })).rejects.toThrow(/broken\.yaml:9:\d+: unknown key `methud`/);
    await expect(launch({ scenario: missing })).rejects.toThrow(/missing\.yaml:4:\d+.*talli\.wat/s);
    await expect(launch({ scenario, step: 9 })).rejects.toThrow('`step` is 9');
    await expect(launch({ scenario, step: 1, receipt: 1 })).rejects.toThrow('both `step` and `receipt`');
    await expect(client.nextRequest({ threadId })).rejects.toThrow('no scenario was launched');
    await expect(client.send('flyToTheMoon')).rejects.toThrow('flyToTheMoon');
    await expect(client.send('stackTrace', { threadId: 'one' })).rejects.toThrow('threadId');
  });

  it('runs a scenario without stopping, and ends as `kernelscope run` does', async () => {
    const session = createSession(client);
    const wrong = scenarioOf(
      'wrong',
      `kernelscope: 1
name: wrong
kernels:
  /tally: { code: contracts/tally.wat }
steps:
  - { signal: /tally, method: bump, args: [5], expect: { messages: 2 } }
`,
    );
    await client.initializeRequest();
    const initialized = client.waitForEvent('initialized');
    await client.send('launch', { scenario: wrong, noDebug: true });
    await initialized;
    const [exited] = await Promise.all([
      client.waitForEvent('exited'),
      client.waitForEvent('terminated'),
      client.configurationDoneRequest(),
    ]);
    expect(exited.body).toStrictEqual({ exitCode: 1 });
    expect(session.outputs).toContainEqual(
      expect.objectContaining({
        category: 'stderr',
        output: expect.stringContaining('expected 2, found 1'),
        line: 6,
        source: { name: 'wrong.yaml', path: wrong },
      }),
    );
  });

  it('begins where it is told to, runs anew what was edited, and ends when it goes on from the end', async () => {
    const session = createSession(client);
    const there = await session.launch({ receipt: 8 });
    expect(there.frames.map(({ name }) => name)).toContain('#8 signal → /tally bump(arg0: 5)');
    await session.break(purse, { line: 19 });
    writeFileSync(purse, (contracts[purse] ?? '').replace('function take', '\nfunction take'));
    const changed = client.waitForEvent('breakpoint');
    const configuration = { arguments: { scenario, step: 4, stopOnEntry: true } };
    const restarted = session.stop(() => client.restartRequest(configuration as never));
    expect((await changed).body.breakpoint).toMatchObject({ verified: true, line: 19 });
    expect((await restarted).frames.at(-1)?.name).toBe('step 4');
    expect(await session.goOn()).toMatchObject({ line: 19, reason: 'breakpoint' });
    expect((await session.goOn()).reason).toBe('exception');
    expect((await session.goOn()).reason).toBe('end');
    await Promise.all([client.waitForEvent('terminated'), client.continueRequest({ threadId })]);
  });

  it('can be paused, given breakpoints, and left while it runs', async () => {
    writeFileSync(
      at('contracts/long.wat'),
      `(module (func (export "run") (param $n i32)
        (loop $l (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))))`,
    );
    const long = scenarioOf(
      'long',
      `kernelscope: 1
name: long
limits: { gas: 1_000_000_000 }
kernels:
  /long: { code: contracts/long.wat }
steps:
  - { signal: /long, method: run, args: [50_000_000] }
`,
    );
    const session = createSession(client);
    const there = await session.launch({ scenario: long });
    const instructionReference = there.frames[0]?.instructionPointerReference;
    await client.send('setInstructionBreakpoints', {
      breakpoints: [{ instructionReference, condition: '$0 == -1' }],
    });
    await client.continueRequest({ threadId });
    await expect(client.stackTraceRequest({ threadId })).rejects.toThrow('notStopped');
    expect((await client.threadsRequest()).body.threads).toStrictEqual([{ id: threadId, name: 'long' }]);
    expect(await session.stop(() => client.pauseRequest({ threadId }))).toMatchObject({ reason: 'pause' });
    const count = BigInt(await session.evaluate('$count'));
    expect(count).toBeLessThan(200_000_000n);
    await client.continueRequest({ threadId });
    const met = await session.stop(() =>
      client.send('setInstructionBreakpoints', {
        breakpoints: [{ instructionReference, hitCondition: '> 1' }],
      }),
    );
    expect(met.reason).toBe('instruction breakpoint');
    await client.send('setInstructionBreakpoints', {
      breakpoints: [{ instructionReference, condition: '$0 == -1' }],
    });
    await client.reverseContinueRequest({ threadId });
    // It is left while it runs.
  });
});

it(
  'drops what is no message, goes on answering, and ends with its client',
  { timeout: 240_000 },
  async () => {
    const child = spawn(process.execPath, [program], { cwd: folder });
    const frame = (body: string): string => `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    child.stdin.write('hello\r\n\r\n');
    for (const body of [
      '{',
      'null',
      '[1]',
      '{"type":"request"}',
      '{"seq":"1","type":"request","command":3}',
    ]) {
      child.stdin.write(frame(body));
    }
    child.stdin.end(frame('{"seq":7,"type":"request","command":"initialize","arguments":{"adapterID":"x"}}'));
    const [code] = await once(child, 'close');
    expect(code).toBe(0);
    expect(out.match(/"request_seq":/g)).toHaveLength(1);
    expect(out).toContain('"request_seq":7,"command":"initialize","success":true');
    expect(err.match(/a message was dropped|Error handling data/g)).toHaveLength(5);
  },
);
