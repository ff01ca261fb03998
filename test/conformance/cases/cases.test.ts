/** Hand-written cases of every instruction, from the words of the specification. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createInstruction, readInstruction } from '../../../core/wasm/decode-instruction';
import { allInstructions } from '../../../core/wasm/instructions';
import { decodeModule } from '../../../core/wasm/module';
import { watToWasm } from '../../fixtures/wat';
import { runScript } from '../script/run-script';
import { readScript } from '../script/script';
import { numericCases } from './numeric';
import { caseToScript } from './numeric-script';

const numeric = numericCases
  .trim()
  .split('\n')
  .map((line) => [line.slice(0, line.indexOf(':')), caseToScript(line, allInstructions)] as const);
const written = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.wast'))
  .map((name) => [name, readFileSync(join(import.meta.dirname, name), 'utf8')] as const);

test.each([...numeric, ...written])('%s', (_, script) => {
  const { held, failed, skipped } = runScript(script);
  expect({ failed, skipped: Object.fromEntries(skipped) }).toEqual({ failed: [], skipped: {} });
  expect(held).toBeGreaterThan(0);
});

test('no instruction is without a case', () => {
  const used = new Set([...numeric, ...written].flatMap(([, script]) => codesIn(script)));
  const without = allInstructions.filter(({ code }) => !used.has(code)).map(({ name }) => name);
  expect(without).toEqual([]);
});

/** Of the instructions in the modules that a script makes calls of. */
function codesIn(script: string): number[] {
  return readScript(script).flatMap((command) => {
    if (command.kind !== 'module' || command.source.kind !== 'text') return [];
    const module = decodeModule(watToWasm(command.source.text));
    if (!module.ok) throw new Error(module.error.message);
    const { bytes, bodies } = module.value;
    const codes: number[] = [];
    const instruction = createInstruction();
    for (const { code, end } of bodies) {
      for (const reader = { bytes, at: code, end }; reader.at < end; codes.push(instruction.info.code)) {
        readInstruction(reader, instruction);
      }
    }
    return codes;
  });
}
