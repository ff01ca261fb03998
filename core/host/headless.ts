/** Worlds without a window: what scenarios run in. */
import { join, relative } from 'node:path';
import { assert, err, ok } from '../base/result';
import type { Diagnostic } from '../contracts/build';
import { createBranch } from '../history/branch';
import type { ScenarioParts } from '../scenario/run';
import { createMemoryStorage } from '../store/memory-storage';
import { nativeHashOf } from '../store/native-hash';
import type { Workspace } from '../workspace/workspace';
import { startBuilder } from './builder';
import type { BuiltFiles } from './built-files';
import { systemClock } from './clock';
import { contractFileFault } from './contract-file';
import { mainBranch, worldParts } from './world-parts';

export interface Headless {
  readonly parts: ScenarioParts;
  close(): Promise<void>;
}

/**
 * What scenarios of a workspace need: its contracts, each compiled once, and worlds in memory. Diagnostics name files
 * as seen from `directory`.
 */
export function openHeadless(workspace: Workspace, built: BuiltFiles, directory: string): Headless {
  const builder = startBuilder({ url: built.workers.build, workspace: workspace.folder, clock: systemClock });
  const buildByPath = new Map<string, ReturnType<ScenarioParts['build']>>();
  const fromDirectory = (diagnostic: Diagnostic): Diagnostic => ({
    ...diagnostic,
    file: relative(directory, join(workspace.folder, diagnostic.file)),
  });

  async function build(path: string): ReturnType<ScenarioParts['build']> {
    const unreadable = await contractFileFault(workspace.folder, path);
    if (unreadable !== null) return err(unreadable);
    const answer = await builder.build(path, null);
    if (!answer.ok) return answer;
    return ok({ ...answer.value, diagnostics: answer.value.diagnostics.map(fromDirectory) });
  }

  return {
    parts: {
      imports: worldParts.imports,
      build(path) {
        const known = buildByPath.get(path) ?? build(path);
        buildByPath.set(path, known);
        return known;
      },
      createBranch(inputs) {
        const branch = createBranch(
          { ...worldParts, storage: createMemoryStorage(nativeHashOf) },
          mainBranch,
          inputs,
        );
        assert(branch.ok, 'a new storage has no branch');
        return branch.value;
      },
    },
    close: () => builder.close(),
  };
}
