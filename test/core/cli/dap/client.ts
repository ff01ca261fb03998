/** A client of the debug adapter, and a workspace for it to debug. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DebugClient } from '@vscode/debugadapter-testsupport';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { builtProgram } from '../../../fixtures/built-program';

export const program = join(import.meta.dirname, 'process.mjs');
export const folder = mkdtempSync(join(tmpdir(), 'kernelscope-dap-'));
export const at = (path: string): string => join(folder, path);

export const purse = at('contracts/purse.ts');
export const tally = at('contracts/tally.wat');
export const contracts = {
  [purse]: `import { log, require, send, state } from "kernelscope";

export function put(amount: u64): u64 {
  const held = state.get<u64>("held", 0);
  const more = triangle(amount);
  state.set("held", held + more);
  log(\`\${held + more} held\`);
  send("/tally", "bump", <i32>amount);
  return held + more;
}

function triangle(n: u64): u64 {
  if (n == 0) return 0;
  return n + triangle(n - 1);
}

export function take(amount: u64): void {
  const held = state.get<u64>("held", 0);
  require(held >= amount, "not enough");
  state.set("held", held - amount);
}
`,
  [tally]: `(module
  (memory (export "memory") 1)
  (data (i32.const 16) "tally")
  (global $count (mut i32) (i32.const 7))
  (func $bump (param $by i32) (result i32) (local $before i32)
    (local.set $before (global.get $count))
    (global.set $count (i32.add (global.get $count) (local.get $by)))
    (i32.store (i32.const 32) (global.get $count))
    (local.get $before))
  (func (export "bump") (param $by i32) (drop (call $bump (local.get $by)))))`,
};

export const scenario = at('scenarios/purse.yaml');
export const text = `kernelscope: 1
name: a purse and a tally
kernels:
  /purse: { code: contracts/purse.ts, state: { held: 10 } }
  /tally: { code: contracts/tally.wat }
  /script: { code: contracts/script.js }
steps:
  - { signal: /purse, method: put, args: [3], expect: { reply: 16 } }
  - { signal: /tally, method: bump, args: [5] }
  - { signal: /script, method: hello }
  - { signal: /purse, method: put, args: [2], expect: { reply: 20 } }
  - { signal: /purse, method: take, args: [100] }
`;

/** Writes the workspace. */
export function makeWorkspace(): void {
  builtProgram();
  for (const name of ['contracts', 'scenarios']) mkdirSync(at(name), { recursive: true });
  for (const [file, source] of Object.entries(contracts)) writeFileSync(file, source);
  writeFileSync(at('contracts/script.js'), 'export function hello() {\n  return 1;\n}\n');
  writeFileSync(scenario, text);
}

export const removeWorkspace = (): void => rmSync(folder, { recursive: true });

/** A client that is connected to an adapter of its own. */
export function connect(): DebugClient {
  const client = new DebugClient(process.execPath, program, 'kernelscope', { cwd: folder, env: process.env });
  client.defaultTimeout = 120_000;
  return client;
}

export const threadId = 1;

export interface Stopped {
  readonly reason: string;
  readonly line: number | undefined;
  readonly event: DebugProtocol.StoppedEvent['body'];
  readonly frames: readonly DebugProtocol.StackFrame[];
}

/** What a person at an editor does, with one client. */
export function createSession(client: DebugClient) {
  const outputs: DebugProtocol.OutputEvent['body'][] = [];
  client.on('output', ({ body }: DebugProtocol.OutputEvent) => outputs.push(body));

  async function framesNow(): Promise<readonly DebugProtocol.StackFrame[]> {
    return (await client.stackTraceRequest({ threadId })).body.stackFrames;
  }

  /** Does it, and waits until it stops. */
  async function stop(act: () => Promise<unknown>): Promise<Stopped> {
    const [event] = await Promise.all([client.waitForEvent('stopped'), act()]);
    const { body } = event as DebugProtocol.StoppedEvent;
    const frames = await framesNow();
    return { reason: body.reason, line: frames[0]?.line, event: body, frames };
  }

  return {
    client,
    outputs,
    framesNow,
    stop,
    /** Launches, and stops at the first line. */
    async launch(configuration: object = {}): Promise<Stopped> {
      await client.initializeRequest();
      const initialized = client.waitForEvent('initialized');
      await client.send('launch', { scenario, stopOnEntry: true, ...configuration });
      await initialized;
      return stop(() => client.configurationDoneRequest());
    },
    next: () => stop(() => client.nextRequest({ threadId })),
    stepIn: (granularity?: DebugProtocol.SteppingGranularity) =>
      stop(() => client.stepInRequest({ threadId, ...(granularity === undefined ? {} : { granularity }) })),
    stepOut: () => stop(() => client.stepOutRequest({ threadId })),
    stepBack: (granularity?: DebugProtocol.SteppingGranularity) =>
      stop(() => client.stepBackRequest({ threadId, ...(granularity === undefined ? {} : { granularity }) })),
    goOn: () => stop(() => client.continueRequest({ threadId })),
    goBack: () => stop(() => client.reverseContinueRequest({ threadId })),
    async break(path: string, ...breakpoints: readonly DebugProtocol.SourceBreakpoint[]) {
      const answer = await client.setBreakpointsRequest({ source: { path }, breakpoints: [...breakpoints] });
      return answer.body.breakpoints;
    },
    async evaluate(expression: string, frameId = 1): Promise<string> {
      return (await client.evaluateRequest({ expression, frameId, context: 'watch' })).body.result;
    },
    /** Values by name, of a scope of the innermost frame. */
    async scope(name: string): Promise<Readonly<Record<string, string>>> {
      const { scopes } = (await client.scopesRequest({ frameId: 1 })).body;
      const variablesReference = scopes.find((scope) => scope.name === name)?.variablesReference ?? 0;
      const { variables } = (await client.variablesRequest({ variablesReference })).body;
      return Object.fromEntries(variables.map((variable) => [variable.name, variable.value]));
    },
  };
}
