/** Exports, imports, functions and sections with names that nobody would give them. */
import { describe, expect, test } from 'vitest';
import { concatBytes, textToBytes } from '../../../core/base/bytes';
import { withCustomSection } from '../../../core/wasm/custom-section';
import { watToWasm } from '../../fixtures/wat';
import { victimOf } from './victim';

/** In WAT, with each byte escaped. */
const escaped = (text: string): string =>
  Array.from(textToBytes(text), (byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('');

const names: readonly (readonly [what: string, name: string])[] = [
  ['nothing', ''],
  ['__proto__', '__proto__'],
  ['constructor', 'constructor'],
  ['toString', 'toString'],
  ['then', 'then'],
  ['a NUL', '\u0000'],
  ['control characters', '\u0001\u0007\b\t\n\v\f\r\u001b[31m\u007f\u0085'],
  ['quotes and brackets', `'"\`<script>\${}</script>\\`],
  ['a line separator', '\u2028\u2029'],
  ['right to left', '\u202eevil\u202c'],
  ['a byte order mark', '\ufeffmark'],
  ['what stands for broken text', '\ufffd'],
  ['an emoji of five', '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}'],
  ['a path', '../../../etc/passwd'],
  ['a place in a stack', 'wasm-function[7]:0x1234'],
  ['what the container exports', 'kernelscope.begin'],
  ['what the container exports instead', 'kernelscope:.begin'],
  ['a method of the kernel', 'kernel'],
  ['a megabyte', 'n'.repeat(99_999)],
];

describe('an export of that name is called by a message of that name', () => {
  test.each(names)('%s', (_, name) => {
    const victim = victimOf(
      watToWasm(`(module (func (export "${escaped(name)}")) (func (export "f") (unreachable)))`),
    );
    // Exports that begin with `_` belong to compilers.
    expect(victim.attack(name)).toMatch(name.startsWith('_') ? /^rejected: no method/ : /^ok$/);
    expect(victim.attack()).toBe('trap: unreachable');
    expect(victim.branch.receipt(3)?.outcome).toMatchObject({ position: { function: 1 } });
    victim.expectUnharmed();
  });
});

describe('a method of that name is rejected in few words when there is none', () => {
  test.each(names)('%s', (_, name) => {
    const victim = victimOf(watToWasm('(module (func (export "f")))'));
    const outcome = victim.attack(name);
    expect(outcome).toMatch(/^rejected: no method /);
    expect(outcome.length).toBeLessThan(1000);
    victim.expectUnharmed();
  });
});

describe('an import of that name is refused in few words', () => {
  test.each(names)('%s', (_, name) => {
    for (const [set, imported] of [
      [name, 'time'],
      ['kernel', name],
      [name, name],
    ] as const) {
      const victim = victimOf(
        watToWasm(`(module (import "${escaped(set)}" "${escaped(imported)}" (func)) (func (export "f")))`),
      );
      const outcome = victim.attack();
      expect(outcome).toMatch(/^rejected: the code of \/hostile can't run: /);
      expect(outcome.length).toBeLessThan(1500);
      victim.expectUnharmed();
    }
  });
});

describe('a section of that name is passed over', () => {
  test.each(names)('%s', (_, name) => {
    const plain = watToWasm('(module (func (export "f")))');
    const victim = victimOf(withCustomSection(plain, name, Uint8Array.of(0xff, 0xff, 0xff, 0xff)));
    expect(victim.attack()).toBe('ok');
    victim.expectUnharmed();
  });
});

test('names that are no UTF-8 are refused, and sections of such names passed over', () => {
  const header = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
  const code = (...name: readonly number[]) =>
    concatBytes([
      header,
      Uint8Array.of(1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0),
      Uint8Array.of(7, name.length + 4, 1, name.length, ...name, 0, 0),
      Uint8Array.of(10, 4, 1, 2, 0, 0x0b),
    ]);
  for (const name of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0x66, 0x80]]) {
    const victim = victimOf(code(...name));
    expect(victim.attack()).toMatch(/^rejected: the code of \/hostile can't run: .*UTF-8/);
    victim.expectUnharmed();
    const passed = victimOf(
      concatBytes([code(0x66), Uint8Array.of(0, name.length + 1, name.length, ...name)]),
    );
    expect(passed.attack()).not.toMatch(/^trap/);
    passed.expectUnharmed();
  }
});

test('a function that is named like a place in the code traps at its own', () => {
  const plain = watToWasm('(module (func (unreachable)) (func (export "f") (call 0)))', { names: false });
  const name = textToBytes('wasm-function[1]:0x1 (wasm-function[9]:0x9)');
  const named = Uint8Array.of(1, 0, name.length, ...name);
  const victim = victimOf(withCustomSection(plain, 'name', Uint8Array.of(1, named.length, ...named)));
  expect(victim.attack()).toBe('trap: unreachable');
  expect(victim.branch.receipt(2)?.outcome).toMatchObject({ position: { function: 0 } });
  victim.expectUnharmed();
});
