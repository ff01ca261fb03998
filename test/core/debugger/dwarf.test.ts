import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withCustomSection } from '../../../core/wasm/custom-section';
import type { DebugCode } from '../../../core/debugger/code';
import { finish } from '../../../core/debugger/steps';
import { decodeModule } from '../../../core/wasm/module';
import { debugCode, openSession } from './sessions';

const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(join(import.meta.dirname, '../../fixtures/dwarf', name)));

describe.each(['ledger-v4.wasm', 'ledger-v5.wasm'])('%s, made by clang', (name) => {
  const bytes = fixture(name);
  const code = debugCode(bytes);

  test('its files are named from where it was compiled', () => {
    expect(code.lines?.files.toSorted()).toEqual(['contracts/ledger.c', 'contracts/sum.h']);
  });

  test('each function begins at its own lines', () => {
    const linesOf = (wanted: string) => {
      const [index] = [...code.names.functions].find(([, known]) => known === wanted) ?? [-1];
      return code.lines?.startsIn(index).map(({ place }) => place.line);
    };
    expect(linesOf('square')).toEqual([6, 7, 8]);
    expect(linesOf('add')).toEqual([1, 2, 3]);
    expect(linesOf('total')).toEqual([11, 12, 13, 14, 13, 16, 17, 19]);
  });

  test('its functions have names without the section of names, too', () => {
    const bare = debugCode(withCustomSection(bytes, 'name', new Uint8Array()));
    expect([...bare.names.functions.values()].toSorted()).toEqual(['add', 'square', 'total']);
    expect(bare.names.functions).toEqual(code.names.functions);
  });

  test('a session goes through it by line', () => {
    const session = openSession(code, 'total', { args: [2] });
    const lines: string[] = [];
    finish(session.move({ kind: 'restart', by: 'line' }));
    while (session.end === null || session.position().count < session.end.count) {
      const { place } = session.position();
      lines.push(place === null ? '-' : `${place.file.slice(10)}:${place.line}`);
      finish(session.move({ kind: 'in', back: false, by: 'line', times: 1 }));
    }
    const round = ['ledger.c:14', 'ledger.c:6', 'ledger.c:7', 'ledger.c:8', 'ledger.c:14'];
    const call = ['sum.h:1', 'sum.h:2', 'sum.h:3', 'ledger.c:14', 'ledger.c:13'];
    expect(lines).toEqual(
      ['ledger.c:11', 'ledger.c:12', 'ledger.c:13', ...round, ...call, ...round, ...call].concat([
        'ledger.c:16',
        'ledger.c:19',
      ]),
    );
  });
});

/** Whatever its sections hold, code is loaded, and its lines can be asked for. */
function askAll({ lines, module, names }: DebugCode): void {
  expect(names.functions).toBeInstanceOf(Map);
  for (const { place } of lines?.starts ?? []) expect(place.line).toBeGreaterThan(0);
  expect(module.bodies.length).toBeGreaterThan(0);
}

test.each(['ledger-v4.wasm', 'ledger-v5.wasm'])(
  '%s with its DWARF cut or changed anywhere still loads',
  (name) => {
    const bytes = fixture(name);
    const decoded = decodeModule(bytes);
    if (!decoded.ok) throw new Error('it is a module');
    const sections = decoded.value.customSections.filter((section) => section.name.startsWith('.debug_'));
    const cut = fc.record({
      section: fc.constantFrom(...sections),
      length: fc.double({ min: 0, max: 1, noNaN: true }),
      changes: fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255)), { maxLength: 6 }),
    });
    fc.assert(
      fc.property(cut, ({ section, length, changes }) => {
        const payload = section.payload.slice(0, Math.ceil(length * section.payload.length));
        for (const [place, value] of changes) payload[Math.floor(place * payload.length)] = value;
        askAll(debugCode(withCustomSection(bytes, section.name, payload)));
      }),
      { numRuns: 200 },
    );
  },
);

test('without a line table there are no lines', () => {
  const bytes = withCustomSection(fixture('ledger-v5.wasm'), '.debug_line', new Uint8Array());
  expect(debugCode(bytes).lines).toBeNull();
});
