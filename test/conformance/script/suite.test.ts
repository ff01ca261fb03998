/** The official test suite of the core specification, where there is a copy of it. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runScript } from './run-script';

/** A folder of the suite's `.wast` files. */
const folder = process.env['WASM_TESTSUITE'];
const scripts = folder === undefined ? [] : readdirSync(folder).filter((name) => name.endsWith('.wast'));

describe.skipIf(folder === undefined)('the official test suite', () => {
  const total = { held: 0, failed: 0, skipped: 0 };
  afterAll(() => {
    console.log(`all: ${total.held} hold, ${total.failed} fail, ${total.skipped} skipped`);
  });
  test.each(scripts)('%s', (name) => {
    const { held, failed, skipped } = runScript(readFileSync(join(folder ?? '', name), 'utf8'));
    console.log(`${name}: ${held} hold, ${failed.length} fail`, Object.fromEntries(skipped));
    total.held += held;
    total.failed += failed.length;
    for (const count of skipped.values()) total.skipped += count;
    expect(failed).toEqual([]);
  });
});
