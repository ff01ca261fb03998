/** A debug service on a world of its own, for tests. */
import type { Result } from '../../../../core/base/result';
import { systemClock } from '../../../../core/host/clock';
import { openBranch } from '../../../../core/history/branch';
import { allImports } from '../../../../core/imports/all';
import { createMemoryStorage } from '../../../../core/store/memory-storage';
import { createCodeBook } from '../../../../core/studio/services/code-book';
import { type EmitDebugEvent, createDebugService } from '../../../../core/studio/services/debug-service';
import { createForking } from '../../../../core/studio/services/forking';
import { createOpenBranches } from '../../../../core/studio/services/open-branches';
import { newBranch, partsOn } from '../../../fixtures/branch';
import { newBook } from '../../../fixtures/breakpoints';

export function openDebugService(emit: EmitDebugEvent = () => undefined) {
  const storage = createMemoryStorage();
  const branch = newBranch({ storage });
  const open = (name: string) => openBranch(partsOn(storage), name);
  const branches = createOpenBranches({ current: branch, storage, open });
  const { handlers: service } = createDebugService({
    branch,
    clock: systemClock,
    codes: createCodeBook(storage),
    importSets: allImports,
    fork: createForking({ branches, storage, open, clock: systemClock }),
    book: newBook(),
    emit,
  });
  return { storage, branch, service, open };
}

export async function valueOf<T>(answer: Result<T, unknown> | Promise<Result<T, unknown>>): Promise<T> {
  const result = await answer;
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** A signal that nobody aborts. */
export const { signal: never } = new AbortController();
