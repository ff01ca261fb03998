import { describe, expect, it } from 'vitest';
import { faultToText } from '../../../core/base/fault';
import { defaultLimits } from '../../../core/environment/limits';
import { parseScenario } from '../../../core/scenario/parse';

const head = 'kernelscope: 1\nkernels: { /bank: { code: contracts/bank.ts } }\n';

function faults(text: string): readonly string[] {
  const parsed = parseScenario(text, 'pay.yaml');
  return parsed.ok ? [] : parsed.error.map((fault) => faultToText(fault).split('\n')[0] ?? '');
}

function read(text: string) {
  const parsed = parseScenario(text, 'pay.yaml');
  if (!parsed.ok) throw new Error(parsed.error.map(faultToText).join('\n'));
  return parsed.value;
}

describe('a scenario file', () => {
  it('is read as a whole', () => {
    const scenario = read(`kernelscope: 1
name: alice pays bob
kernels:
  /bank/alice: { code: contracts/account.ts, state: { balance: 10 } }
  /bank: { code: contracts/bank.ts }
limits: { gas: 1_000_000, pages: 64, messages: 1000 }
schedule: fifo
answers:
  - { kernel: /bank, import: kernel.time, value: 5 }
steps:
  - signal: /bank
    method: transfer
    args: { from: alice, to: bob, amount: 3 }
    expect:
      outcome: ok
      reply: true
      messages: 3
      log: ["3 moved"]
      state: { /bank/alice: { balance: 7 } }
`);
    expect(scenario).toMatchObject({
      name: 'alice pays bob',
      limits: { gas: 1_000_000, pages: 64, stack: defaultLimits.stack, messages: 1000 },
      answers: [{ kernel: '/bank', import: 'kernel.time', value: 5 }],
      kernels: [
        { address: '/bank', code: 'contracts/bank.ts', state: {} },
        { address: '/bank/alice', code: 'contracts/account.ts', state: { balance: 10 } },
      ],
      steps: [
        {
          to: '/bank',
          method: 'transfer',
          args: { from: 'alice', to: 'bob', amount: 3 },
          gas: null,
          expectations: [
            { kind: 'outcome', expected: { kind: 'ok' }, position: { line: 15 } },
            { kind: 'reply', expected: true, position: { line: 16 } },
            { kind: 'messages', expected: 3, position: { line: 17 } },
            { kind: 'log', expected: ['3 moved'], position: { line: 18 } },
            {
              kind: 'state',
              kernel: '/bank/alice',
              key: 'balance',
              expected: 7,
              position: { line: 19, column: 31 },
            },
          ],
        },
      ],
    });
  });

  it('keeps integers exact, bytes as bytes and 0x… as text', () => {
    const { steps } = read(`${head}steps:
  - signal: /bank
    method: m
    args: [18446744073709551615, -9223372036854775808, 9007199254740993, 1_0, !!binary aGk=, 0x00ff, "7", 1.5, 1e3]
`);
    expect(steps[0]?.args).toEqual([
      18446744073709551615n,
      -9223372036854775808n,
      9007199254740993n,
      10,
      Uint8Array.from([0x68, 0x69]),
      '0x00ff',
      '7',
      1.5,
      1000,
    ]);
  });

  it('reads anchors, JSON, and keys such as __proto__ as what they say', () => {
    const { kernels } = read(
      '{"kernelscope": 1, "kernels": {"/a": {"state": &s {"__proto__": 1, "7": 2}}, "/b": {"state": *s}}}',
    );
    expect(Object.entries(kernels[1]?.state ?? {})).toEqual([
      ['7', 2],
      ['__proto__', 1],
    ]);
  });

  it('without steps is the set-up of a world', () => {
    expect(read(head)).toMatchObject({ name: 'pay.yaml', steps: [] });
  });
});

describe('what is wrong with a scenario file', () => {
  it.each([
    [
      'a misspelt key in a step',
      `${head}steps:\n  - signal: /bank\n    method: m\n    exepct: {}\n`,
      'pay.yaml:6:5: unknown key `exepct` in a step; did you mean `expect`?',
    ],
    [
      'a misspelt key at the top',
      `${head}kernals: {}\n`,
      'pay.yaml:3:1: unknown key `kernals` in the file; did you mean `kernels`?',
    ],
    [
      'a misspelt key in a kernel',
      'kernelscope: 1\nkernels:\n  /a:\n    sate: {}\n',
      'pay.yaml:4:5: unknown key `sate` in kernel /a; did you mean `state`?',
    ],
    [
      'a misspelt key in an outcome',
      `${head}steps: [{signal: /a, method: m, expect: {outcome: {traps: x}}}]\n`,
      'pay.yaml:3:52: unknown key `traps` in outcome; did you mean `trap`?',
    ],
    [
      'a missing key',
      `${head}steps:\n  - signal: /bank\n`,
      'pay.yaml:4:5: missing key `method` in a step: expected a text',
    ],
    [
      'a missing value of an answer',
      `${head}answers: [{ kernel: /a, import: kernel.time }]\n`,
      'pay.yaml:3:11: entry 1 of `answers`: expected either a `value` or a `fail`',
    ],
    [
      'an answer that both gives and fails',
      `${head}answers: [{ kernel: /a, import: kernel.time, value: 1, fail: no clock }]\n`,
      'pay.yaml:3:11: entry 1 of `answers`: expected either a `value` or a `fail`',
    ],
    [
      'an import without its set',
      `${head}answers: [{ kernel: /a, import: time, value: 1 }]\n`,
      'pay.yaml:3:33: `import`: expected SET.FUNCTION, such as kernel.time',
    ],
    [
      'a text for a number',
      `${head}limits:\n  gas: plenty\n`,
      'pay.yaml:4:8: `gas`: expected a whole number',
    ],
    ['a limit of nothing', `${head}limits: { pages: 0 }\n`, 'pay.yaml:3:18: `pages`: expected 1 or more'],
    [
      'an unknown outcome',
      `${head}steps: [{signal: /a, method: m, expect: {outcome: fine}}]\n`,
      'pay.yaml:3:51: `outcome`: expected ok, { trap: TEXT } or { rejected: TEXT }',
    ],
    ['a bad address', 'kernelscope: 1\nkernels: { bank: {} }\n', 'pay.yaml:2:12: "bank" is not an address'],
    [
      'another version',
      'kernelscope: 2\nkernels: {}\n',
      'pay.yaml:1:14: this file is of version 2; this program reads version 1',
    ],
    [
      'no version',
      'kernels: {}\n',
      'pay.yaml:1:1: missing key `kernelscope` in the file: expected 1, the version of this format',
    ],
    ['a delivery to nowhere', `${head}schedule: [/bank, bank]\n`, 'pay.yaml:3:19: "bank" is not an address'],
    [
      'a delivery that is a number',
      `${head}schedule: [/bank, 7]\n`,
      'pay.yaml:3:19: entry 2 of `schedule`: expected an address, or { to: ADDRESS, from: ADDRESS }, or drop or duplicate in place of to',
    ],
    [
      'a manual schedule that nobody keeps',
      `${head}schedule: manual\nsteps: []\n`,
      'pay.yaml:3:11: nobody is there to choose what goes next while the steps run',
    ],
    [
      'a delivery with a wrong key',
      `${head}schedule: [{ to: /bank, form: /a }]\n`,
      'pay.yaml:3:25: unknown key `form` in a delivery; did you mean `from`?',
    ],
    [
      'a state for the root',
      'kernelscope: 1\nkernels:\n  /: { state: { a: 1 } }\n',
      'pay.yaml:3:8: the root kernel is there from the beginning, so it can be given no state',
    ],
    [
      'an integer of more than 64 bits',
      `${head}steps: [{signal: /a, method: m, args: [18446744073709551616]}]\n`,
      'pay.yaml:3:40: 18446744073709551616 needs more than 64 bits',
    ],
    [
      'a float that is no number',
      `${head}steps: [{signal: /a, method: m, args: [.inf]}]\n`,
      'pay.yaml:3:40: Infinity is not a value',
    ],
    ['a list as a key', `${head}? [a]\n: 1\n`, 'pay.yaml:3:3: a key is a text, not a list or a map'],
    ['a key twice', `${head}kernels: {}\n`, 'pay.yaml:3:1: Map keys must be unique'],
    [
      'no YAML at all',
      'kernelscope: [1\n',
      'pay.yaml:2:1: Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    ['an empty file', '', 'pay.yaml:1:1: the file: expected a map that begins with kernelscope: 1'],
  ])('names the place of %s', (_, text, first) => {
    expect(faults(text)[0]).toBe(first);
  });

  it('is told all at once', () => {
    expect(faults(`${head}limits: { gas: x, pagse: 1 }\nstep: []\n`)).toHaveLength(3);
  });

  it('is found in hostile files, too', () => {
    const bomb = [
      'a0: &a0 [x]',
      ...Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(9)}]`),
    ];
    expect(faults(bomb.join('\n'))[0]).toMatch(/more than 1000000 values/);
    expect(faults('['.repeat(100_000))[0]).toMatch(/nested more than 500 deep/);
    expect(faults(`a: ${'['.repeat(600)}${']'.repeat(600)}`)[0]).toMatch(/nested more than 500 deep/);
  });
});
