/** A debug service on a world of its own, for tests. */
import type { Fault } from '../../../../core/base/fault';
import type { Result } from '../../../../core/base/result';
import type { Breakpoint } from '../../../../core/debugger/breakpoint';
import type { Limits } from '../../../../core/environment/limits';
import { systemClock } from '../../../../core/host/clock';
import { openBranch } from '../../../../core/history/branch';
import { allImports } from '../../../../core/imports/all';
import type { Receipt } from '../../../../core/kernel/receipt';
import type { Schedule } from '../../../../core/kernel/scheduler';
import { createMemoryStorage } from '../../../../core/store/memory-storage';
import { createCodeBook } from '../../../../core/studio/services/code-book';
import { type EmitDebugEvent, createDebugService } from '../../../../core/studio/services/debug-service';
import { createForking } from '../../../../core/studio/services/forking';
import { createOpenBranches } from '../../../../core/studio/services/open-branches';
import { newBranch, partsOn } from '../../../fixtures/branch';
import { newBook, nothingToRelease } from '../../../fixtures/breakpoints';

export function openDebugService(
  emit: EmitDebugEvent = () => undefined,
  more: {
    readonly breakpoints?: readonly Breakpoint[];
    readonly schedule?: Schedule;
    readonly limits?: Partial<Limits>;
    readonly release?: () => Result<Receipt, Fault>;
  } = {},
) {
  const storage = createMemoryStorage();
  const branch = newBranch({ storage, schedule: more.schedule ?? 'fifo', limits: more.limits ?? {} });
  const codes = createCodeBook(storage);
  const open = (name: string) => openBranch(partsOn(storage), name);
  const branches = createOpenBranches({ current: branch, storage, open });
  const book = newBook(more.breakpoints);
  const { handlers: service, gate } = createDebugService({
    branch,
    clock: systemClock,
    codes,
    importSets: allImports,
    fork: createForking({ branches, storage, open, clock: systemClock }),
    book,
    emit,
    release: more.release ?? nothingToRelease,
  });
  return { storage, branch, codes, book, service, gate, open };
}

export async function valueOf<T>(answer: Result<T, unknown> | Promise<Result<T, unknown>>): Promise<T> {
  const result = await answer;
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** A signal that nobody aborts. */
export const { signal: never } = new AbortController();
