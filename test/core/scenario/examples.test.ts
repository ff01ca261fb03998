import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createJavaScriptContainer } from '../../../core/container/javascript/javascript-container';
import { createSteppingContainer } from '../../../core/container/wasm-stepping/stepping-container';
import { createWasmContainer } from '../../../core/container/wasm/wasm-container';
import type { Branch } from '../../../core/history/branch';
import type { ScenarioEvent } from '../../../core/scenario/events';
import { runScenario } from '../../../core/scenario/run';
import { createWorkbench, scenarioOf } from '../../fixtures/scenarios';

const examples = join(import.meta.dirname, '../../../examples');

const files = readdirSync(examples).flatMap((example) =>
  [
    'kernelscope.yaml',
    ...readdirSync(join(examples, example, 'scenarios')).map((name) => `scenarios/${name}`),
  ].map((file) => [example, file] as const),
);

describe.each(files)('the example %s: %s', (example, file) => {
  const folder = join(examples, example);
  const scenario = scenarioOf(readFileSync(join(folder, file), 'utf8'), file);

  it('holds, and each of its receipts is the same when it is run again', async () => {
    const { parts, branches } = createWorkbench(folder);
    const unwelcome: ScenarioEvent[] = [];
    let reruns = 0;
    for await (const event of runScenario(scenario, parts, { observed: false })) {
      if (event.kind === 'fault' || (event.kind === 'expectation' && !event.held)) unwelcome.push(event);
      if (event.kind !== 'ended') continue;
      const [branch] = branches;
      for (const receipt of branch?.receipts(0, branch.length) ?? []) {
        const again = branch?.rerun(receipt.index, { onImport: () => undefined, onTrap: () => undefined });
        expect(again).toMatchObject({ ok: true, value: { receipt } });
        reruns += 1;
      }
      expect(reruns).toBe(event.length);
    }
    expect(unwelcome).toEqual([]);
    expect(reruns).toBeGreaterThan(0);
  });

  it('has the same history in the stepping container, to each import call of it', async () => {
    const [wasm, stepping] = await Promise.all(
      [createWasmContainer(), createSteppingContainer()].map(async (container) => {
        const containers = [container, createJavaScriptContainer()];
        const { parts, branches } = createWorkbench(folder, {}, containers);
        for await (const event of runScenario(scenario, parts, { observed: false })) {
          if (event.kind === 'ended') return historyOf(branches[0]);
        }
        return null;
      }),
    );
    expect(wasm?.receipts.length).toBeGreaterThan(0);
    expect(stepping).toEqual(wasm);
  });
});

/** While the branch is on: its run disposes of it. */
function historyOf(branch: Branch | undefined) {
  if (branch === undefined) throw new Error('a scenario runs on a branch');
  const seen: unknown[] = [];
  const receipts = branch.receipts(0, branch.length);
  for (const { index } of receipts) {
    branch.rerun(index, {
      onImport: (call) => void seen.push(call),
      onTrap: (stack) => void seen.push(stack),
    });
  }
  return { receipts, root: branch.root(), seen };
}
