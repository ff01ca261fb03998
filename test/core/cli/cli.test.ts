import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtProgram } from '../../fixtures/built-program';
import { call as callHere } from './stored-world';

const project = join(import.meta.dirname, '../../..');
const cli = builtProgram();
const folder = mkdtempSync(join(tmpdir(), 'kernelscope-cli-'));
const workspace = join(folder, 'bank');

beforeAll(() => {
  cpSync(join(project, 'examples/bank'), workspace, { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function start(args: readonly string[]): ChildProcess {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...env } = process.env;
  return spawn(process.execPath, [cli, ...args], {
    cwd: workspace,
    env: { ...env, HOME: join(folder, 'home') },
  });
}

/** In a process of its own, as a person calls it. */
async function callProgram(args: readonly string[]): Promise<Ended> {
  const child = start(args);
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
  await once(child, 'close');
  return { code: child.exitCode, out, err };
}

/** In this process, which takes a tenth of the time; the commands and their workers are the same. */
async function call(args: readonly string[], cwd = workspace): Promise<Ended> {
  const before = process.cwd();
  process.chdir(cwd);
  try {
    return await callHere(...args);
  } finally {
    process.chdir(before);
  }
}

/** What it wrote, held against the schema that ships for the command. */
async function callForJson(args: readonly string[], cwd = workspace): Promise<Ended & { document: unknown }> {
  const ended = await call([...args, '--json'], cwd);
  const document: unknown = JSON.parse(ended.out);
  const schema: object = JSON.parse(
    readFileSync(join(project, `schemas/output-${args[0]}.schema.json`), 'utf8'),
  );
  const ajv = new Ajv();
  if (!ajv.validate(schema, document)) throw new Error(`${ajv.errorsText()}\n${ended.out}`);
  return { ...ended, document };
}

function put(path: string, text: string): string {
  const file = join(folder, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text);
  return file;
}

/** A scenario whose contract compiles in no time. `total` is what it expects in the end. */
const audit = (total: number): string => `kernelscope: 1
name: the audit adds up
kernels:
  /audit: { code: contracts/audit.wat }
steps:
  - signal: /audit
    method: record
    args: { amount: 3 }
    expect: { messages: 1, state: { /audit: { count: 1 } } }
  - signal: /audit
    method: total
    expect:
      reply: ${total}
`;

describe('kernelscope run', () => {
  it('prints each message, import call and state change, and what held', async () => {
    const { code, out, err } = await callProgram(['run', 'scenarios/transfer.yaml']);
    expect(err).toBe('');
    expect(code).toBe(0);
    const lines = out.split('\n').map((line) => line.trim());
    expect(lines).toContain('kernel /bank/alice contracts/account.ts { balance: 10 }');
    expect(out).toMatch(
      / {2}#5 signal → \/bank transfer\(from: "alice", to: "bob", amount: 3\) ok → true [\d,]+ gas/,
    );
    expect(out).toMatch(/ {4}#6 \/bank → \/bank\/alice withdraw\(amount: 3\) ok/);
    expect(out).toMatch(/ {6}call kernel\.state_get\(key: "balance", out: \d+\) → 10/);
    expect(lines).toContain('state /bank/alice balance: 10 → 7');
    expect(lines).toContain('state /bank/bob balance: nothing → 3');
    expect(lines).toContain('log 3 moved');
    expect(lines.at(-2)).toMatch(/^holds 2 steps, 4 messages, [\d,]+ gas$/);
    expect(out).not.toContain('\u001b');
  });

  it('writes the same as JSON', async () => {
    const { code, document } = await callForJson(['run', 'scenarios/transfer.yaml']);
    expect(code).toBe(0);
    expect(document).toMatchObject({
      name: 'alice pays bob',
      kernels: [{ address: '/bank' }, { address: '/bank/alice', state: { balance: 10 } }, {}],
      steps: [
        {
          signal: '/bank',
          receipts: [
            { to: '/bank', method: 'transfer', args: ['alice', 'bob', 3], reply: true, logs: ['3 moved'] },
            {
              from: '/bank',
              to: '/bank/alice',
              cause: 5,
              changes: [{ key: 'balance', before: 10, after: 7 }],
            },
            { to: '/bank/bob', changes: [{ key: 'balance', after: 3 }] },
          ],
          held: true,
        },
        { receipts: [{ imports: [{ set: 'kernel', name: 'state_get', written: 7 }] }] },
      ],
      faults: [],
      summary: { held: true },
    });
  });

  it('ends with 1 when something does not hold, and says where', async () => {
    const file = put('bank/scenarios/wrong.yaml', audit(4));
    const { code, out } = await callProgram(['run', 'scenarios/wrong.yaml']);
    expect(code).toBe(1);
    expect(out).toContain('fails reply: expected 4, found 3 (scenarios/wrong.yaml:13:7)');
    expect(await callForJson(['run', file])).toMatchObject({
      code: 1,
      document: { summary: { failedSteps: 1 } },
    });
    rmSync(file);
  });

  it('refuses a file with mistakes, each with its place', async () => {
    const file = put(
      'mistakes.yaml',
      'kernelscope: 1\nkernels: {}\nsteps:\n  - signal: /a\n    method: m\n    exepct: {}\n',
    );
    const { code, err, out } = await call(['run', file]);
    expect([code, out]).toEqual([1, '']);
    expect(err).toBe(
      `${file}:6:5: unknown key \`exepct\` in a step; did you mean \`expect\`?\n  keys here: signal, method, args, gas, expect\n`,
    );
    expect(await callForJson(['run', file])).toMatchObject({
      code: 1,
      document: { faults: [{ code: 'unknown-key', position: { file, line: 6, column: 5 } }] },
    });
  });

  it('names a contract that is not there, or does not compile', async () => {
    const missing = put(
      'bank/scenarios/missing.yaml',
      'kernelscope: 1\nkernels:\n  /a: { code: contracts/none.ts }\n',
    );
    const broken = put(
      'bank/scenarios/broken.yaml',
      'kernelscope: 1\nkernels:\n  /a: { code: contracts/broken.ts }\n',
    );
    put('bank/contracts/broken.ts', 'export function f(): u64 {\n  return "a";\n}\n');
    expect(await call(['run', 'scenarios/missing.yaml'])).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^scenarios\/missing\.yaml:3:15: there is no file contracts\/none\.ts in /),
    });
    const { code, err } = await call(['run', 'scenarios/broken.yaml']);
    expect(code).toBe(1);
    expect(err).toMatch(/^contracts\/broken\.ts:2:10: /m);
    expect(err).toMatch(/^scenarios\/broken\.yaml:3:15: contracts\/broken\.ts does not compile$/m);
    for (const file of [missing, broken, join(workspace, 'contracts/broken.ts')]) rmSync(file);
  });

  it('shows control characters of a contract instead of obeying them', async () => {
    const contract = put(
      'bank/contracts/loud.wat',
      `(module (import "kernel" "log" (func $log (param i32 i32))) (memory 1)
        (data (i32.const 0) "\\1b[2Jall is well")
        (func (export "shout") (call $log (i32.const 0) (i32.const 15))))`,
    );
    const file = put(
      'bank/scenarios/loud.yaml',
      'kernelscope: 1\nkernels:\n  /a: { code: contracts/loud.wat }\nsteps: [{ signal: /a, method: shout }]\n',
    );
    const { out } = await call(['run', file]);
    expect(out).toContain('log \\u001b[2Jall is well\n');
    expect(out).toContain('call kernel.log(message: "\\u001b[2Jall is well")');
    for (const each of [contract, file]) rmSync(each);
  });

  it('ends quietly when its reader has seen enough', async () => {
    const file = put('bank/scenarios/right.yaml', audit(3));
    const child = start(['run', file, '--json']);
    let err = '';
    child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
    child.stdout?.once('data', () => child.stdout?.destroy());
    await once(child, 'close');
    expect(err).toBe('');
    rmSync(file);
  });
});

describe('kernelscope test', () => {
  it('runs the scenarios of a workspace', { timeout: 60_000 }, async () => {
    const { code, out } = await call(['test']);
    expect(out.split('\n').filter((line) => line.startsWith('fails'))).toEqual([]);
    expect(out).toMatch(/\nholds 5 scenarios\n$/);
    expect(code).toBe(0);
  });

  it('tells programs and CI', async () => {
    const wrong = put('loose/wrong.yaml', audit(4));
    put('loose/right.yaml', audit(3));
    cpSync(join(workspace, 'contracts'), join(folder, 'loose/contracts'), { recursive: true });
    const unreadable = put('loose/unreadable.yaml', 'kernelscope: 1\nkernels: [');
    expect(await callForJson(['test', wrong, unreadable, join(folder, 'loose/right.yaml')])).toMatchObject({
      code: 1,
      document: {
        scenarios: [
          { held: false, failures: [{ kind: 'reply', expected: 4, found: 3 }] },
          { held: false, faults: [{ code: 'bad-yaml' }], summary: null },
          { held: true, failures: [] },
        ],
        summary: { held: false, scenarios: 3, failedScenarios: 2 },
      },
    });
    const junit = await call(['test', 'wrong.yaml', '--reporter', 'junit'], join(folder, 'loose'));
    expect(junit.code).toBe(1);
    expect(junit.out).toContain(
      '<testsuite name="the audit adds up" file="wrong.yaml" tests="2" failures="1" errors="0">',
    );
    expect(junit.out).toContain('<failure message="fails reply: expected 4, found 3 (wrong.yaml:13:7)">');
  });

  it('says that there are none', async () => {
    mkdirSync(join(folder, 'empty'), { recursive: true });
    expect(await call(['test', '.'], join(folder, 'empty'))).toMatchObject({
      code: 1,
      err: expect.stringContaining('there are no scenarios in .'),
    });
  });
});

describe('kernelscope build', () => {
  it('writes the module', async () => {
    const output = join(folder, 'audit.wasm');
    expect(await callForJson(['build', 'contracts/audit.wat', '-o', output])).toMatchObject({
      code: 0,
      document: { built: true, output, interface: { methods: [{ name: 'record' }, {}, { name: 'total' }] } },
    });
    expect(readFileSync(output).subarray(0, 4).toString('latin1')).toBe('\0asm');
  });

  it('says which import sets a contract carries, and makes no contract of one', async () => {
    const output = join(folder, 'exchange.bundle');
    expect((await call(['build', 'contracts/exchange.js', '-o', output])).out).toMatch(
      /^\S+: [\d,]+ bytes, 2 methods, with the import set rates\n$/,
    );
    expect(await call(['build', 'imports/rates.js'])).toMatchObject({
      code: 0,
      out: 'imports/rates.js: an import set, for the contracts that import it to carry\n',
    });
    expect(await callForJson(['build', 'imports/rates.js'])).toMatchObject({
      code: 0,
      document: { built: true, output: null, bytes: 0, interface: null },
    });
    expect(existsSync(join(workspace, 'rates.bundle'))).toBe(false);
  });

  it('writes diagnostics with their places', async () => {
    put('bank/contracts/broken.ts', 'export function f(): u64 {\n  return "a";\n}\n');
    const { code, err } = await call(['build', 'contracts/broken.ts']);
    expect(code).toBe(1);
    expect(err).toMatch(/^contracts\/broken\.ts:2:10: error /m);
    expect(existsSync(join(workspace, 'broken.wasm'))).toBe(false);
    put('bank/contracts/broken.wat', '(module\n  (func (export "f") (drop)))\n');
    expect(await callForJson(['build', 'contracts/broken.wat'])).toMatchObject({
      code: 1,
      document: { built: false, output: null, diagnostics: [{ line: 2, column: 23, severity: 'error' }] },
    });
    for (const ending of ['ts', 'wat']) rmSync(join(workspace, `contracts/broken.${ending}`));
  });

  it.each([
    ['a file that is not there', ['contracts/none.ts'], 'there is no file contracts/none.ts'],
    ['an output that can not be written', ['contracts/audit.wat', '-o', 'none/x.wasm'], 'none/x.wasm: '],
    [
      'its own source as the output',
      ['contracts/audit.wat', '-o', 'contracts/audit.wat'],
      'would be overwritten',
    ],
  ])('refuses %s', async (_, args, words) => {
    expect(await call(['build', ...args])).toMatchObject({ code: 1, err: expect.stringContaining(words) });
  });
});

describe('kernelscope new', () => {
  it('makes a workspace, and nothing over another', async () => {
    expect(await callForJson(['new', 'made', '--template', 'bank'], folder)).toMatchObject({
      code: 0,
      document: { folder: join(folder, 'made'), template: 'bank' },
    });
    expect(existsSync(join(folder, 'made/kernelscope.yaml'))).toBe(true);
    expect(await callForJson(['new', 'made'], folder)).toMatchObject({
      code: 1,
      document: { faults: [{ code: 'not-empty' }] },
    });
  });

  it('knows its templates', async () => {
    expect(await call(['new', 'other', '--template', 'bnak'], folder)).toMatchObject({
      code: 1,
      err: 'there is no template "bnak"\n  did you mean bank? there are: bank, counter\n',
    });
  });
});

describe('kernelscope serve, state and history', () => {
  it('serve the world and read it at the same time', { timeout: 120_000 }, async () => {
    const server = start(['serve', '--no-open', '--json']);
    try {
      const [line] = (await once(createInterface({ input: server.stdout ?? process.stdin }), 'line')) as [
        string,
      ];
      const served: unknown = JSON.parse(line);
      expect(served).toMatchObject({ folder: workspace, host: 'web' });
      expect(line).toMatch(/http:\/\/127\.0\.0\.1:\d+\/\?token=/);

      await expect.poll(async () => (await call(['history'])).code, { timeout: 60_000 }).toBe(0);
      await expect
        .poll(async () => (await call(['state', '.', '/bank/alice:balance'])).out, { timeout: 60_000 })
        .toBe('  balance: 100\n');
      expect(await callForJson(['state', '.', '/bank'])).toMatchObject({
        document: {
          kernel: '/bank',
          contract: 'contracts/bank.ts',
          children: ['alice', 'audit', 'bob'],
          entries: [],
        },
      });
      const { document } = await callForJson(['history', '--count', '1']);
      expect(document).toMatchObject({ receipts: [{ index: 0, from: null, outcome: 'ok' }] });

      const second = await callProgram(['serve', '--no-open']);
      expect(second).toMatchObject({ code: 1, err: expect.stringContaining('open already') });
      const { port } = new URL(/http[^"]+/.exec(line)?.[0] ?? '');
      const other = start(['serve', join(folder, 'made'), '--port', port, '--no-open']);
      let err = '';
      other.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
      await once(other, 'close');
      expect([other.exitCode, err]).toEqual([1, expect.stringContaining(port)]);
    } finally {
      server.kill('SIGTERM');
      await once(server, 'close');
    }
    expect(server.exitCode).toBe(0);
    // What was committed stays.
    expect((await call(['state', workspace, '/bank/alice'])).out).toContain('balance: 100');
  });

  it.each([
    ['an unknown kernel', ['state', '.', '/bank/alcie'], 'did you mean /bank/alice?'],
    ['a key for a kernel', ['state', '.', '/bank/alice/balance'], 'write /bank/alice:balance'],
    ['a bad address', ['state', '.', 'bank'], 'is not an address'],
    ['a place after the end', ['state', '.', '/bank', '--at', '999'], 'fewer than 999'],
    ['a folder that is no workspace', ['history', tmpdir()], 'is not a workspace'],
    ['a folder that is not there', ['history', 'none'], 'there is no folder'],
  ])('name %s', async (_, args, words) => {
    expect(await call(args)).toMatchObject({ code: 1, out: '', err: expect.stringContaining(words) });
  });
});

describe('a wrong call', () => {
  it.each([
    [['run'], "missing required argument 'scenario'"],
    [['run', 'a', 'b'], 'too many arguments'],
    [['serve', '--port', '99999'], 'Give a whole number from 0 to 65535.'],
    [['test', '--reporter', 'loud'], 'Allowed choices are text, junit, json.'],
    [['history', '--count', '-1'], 'Give a whole number.'],
    [['--colour'], "unknown option '--colour'"],
  ])('%s ends with 2', async (args, words) => {
    expect(await callHere(...args)).toMatchObject({ code: 2, out: '', err: expect.stringContaining(words) });
    const json = await callHere(...args, '--json');
    expect(json.code).toBe(2);
    expect(JSON.parse(json.out)).toMatchObject({ faults: [{ code: 'wrong-call' }] });
  });

  it('that misspells a command is told which', async () => {
    expect(await callHere('tset')).toMatchObject({
      code: 1,
      err: expect.stringContaining('kernelscope test'),
    });
  });

  it('is helped', async () => {
    for (const command of [
      'open',
      'serve',
      'new',
      'build',
      'run',
      'test',
      'state',
      'search',
      'proof',
      'verify',
      'history',
    ]) {
      const { code, out } = await callHere(command, '--help');
      expect(code).toBe(0);
      expect(out).toContain('--json');
    }
    expect((await callProgram(['--help'])).out).toContain('history');
  });
});
