/** A world and all that answers for it, put together: what the world worker runs. */
import type { Clock } from '../base/clock';
import type { Disposable } from '../base/disposal';
import { type Fault, fault } from '../base/fault';
import { type Result, assert, err, ok } from '../base/result';
import type { Storage } from '../base/storage';
import { type Branch, createBranch, openBranch } from '../history/branch';
import { chooseBranch, chosenBranch, noBranch } from '../history/branches';
import { damageFault } from '../history/damage';
import { isList } from '../kernel/scheduler';
import { createMemoryStorage } from '../store/memory-storage';
import { openLmdbStorage } from '../store/lmdb-storage';
import { nativeHashOf } from '../store/native-hash';
import { worldThreadProtocol } from '../studio/protocol/studio';
import type { WorldStatus } from '../studio/protocol/world';
import { forward } from '../studio/rpc/forward';
import type { Handlers } from '../studio/rpc/serve';
import { bindCode, setUp } from '../studio/services/bindings';
import { createBranchService } from '../studio/services/branch-service';
import { createCodeBook, keepSourceMap } from '../studio/services/code-book';
import { type BreakpointBook, createBreakpointBook } from '../studio/services/breakpoint-book';
import { createAwaitedReceipts } from '../studio/services/awaited-receipts';
import { type EmitDebugEvent, createDebugService } from '../studio/services/debug-service';
import { createForking } from '../studio/services/forking';
import { createHistoryService } from '../studio/services/history-service';
import { createOpenBranches } from '../studio/services/open-branches';
import { type Runner, createRunner } from '../studio/services/runner';
import { createScheduleService } from '../studio/services/schedule-service';
import { createStateService } from '../studio/services/state-service';
import { createWorldService } from '../studio/services/world-service';
import { createKeptBreakpoints } from './kept-breakpoints';
import type { BuiltContract, WorldWorkerData, WorldWorkerProtocol } from './worker-protocol';
import { mainBranch, worldParts } from './world-parts';
import { readWorldSetup } from './world-setup';

export interface WorldThread extends Disposable {
  readonly handlers: Handlers<WorldWorkerProtocol>;
}

export interface WorldThreadOptions {
  readonly data: WorldWorkerData;
  readonly clock: Clock;
  readonly onStatus: (status: WorldStatus) => void;
  /** Tells windows of what the debugger does. */
  readonly emit: EmitDebugEvent;
  readonly onBug: (error: unknown) => void;
}

export function createWorldThread(options: WorldThreadOptions): WorldThread {
  const { data } = options;
  let storage: Storage | null = null;
  let world: RunningWorld | null = null;
  const book = createBreakpointBook(createKeptBreakpoints(data.breakpoints));

  function begin(branch: Branch, kept: Storage, paused: boolean): RunningWorld {
    const switchTo = (name: string) => switchBranch(name, kept);
    world = runWorld(branch, { ...options, data: { ...data, paused }, storage: kept, book, switchTo });
    return world;
  }

  function switchBranch(name: string, kept: Storage): Result<WorldStatus, Fault> {
    assert(world !== null, 'a branch is switched to in a world that is open');
    const { branch, runner } = world;
    if (name === branch.name) return ok(runner.status());
    // Nothing but the memory has them.
    if (branch.waiting().some(({ cause }) => cause === null)) return err(signalsWait);
    const next = openBranch({ ...worldParts, storage: kept }, name);
    if (next === undefined) return err(noBranch(kept, name));
    chooseBranch(kept, name);
    const paused = runner.status().state === 'stopped';
    world.dispose();
    const status = begin(next, kept, paused).runner.status();
    options.onStatus(status);
    return ok(status);
  }

  /** The host asks nothing before it has opened the world. */
  function opened(): WorldHandlers {
    assert(world !== null, 'the world is open');
    return world.handlers;
  }

  return {
    handlers: {
      'world.open'() {
        assert(storage === null, 'a world is opened once');
        const kept = openStorage(data.store);
        if (!kept.ok) return kept;
        storage = kept.value;
        const branch = openChosen(storage);
        if (!branch.ok) return branch;
        if (branch.value === undefined) return ok({ isNew: true, length: 0, pending: 0 });
        begin(branch.value, storage, data.paused);
        return ok({ isNew: false, length: branch.value.length, pending: branch.value.pending });
      },
      async 'world.create'({ contracts }) {
        const kept = storage;
        assert(kept !== null && world === null, 'a world is created in a store that has none');
        const setup = await readWorldSetup(data.workspace);
        if (!setup.ok) return setup;
        const { limits, answers, schedule, kernels } = setup.value;
        const branch = createBranch({ ...worldParts, storage: kept }, mainBranch, {
          limits,
          answers,
          // A list of deliveries is that of the steps, which a world does not take.
          schedule: isList(schedule) ? 'fifo' : schedule,
          seed: 0,
        });
        if (!branch.ok) return branch;
        const installed = contracts.map((contract) => keepCode(contract, branch.value, kept));
        setUp(branch.value, kernels, installed);
        const { runner } = begin(branch.value, kept, false);
        await runner.reached(branch.value.delivered + branch.value.pending);
        return ok({});
      },
      async 'world.bind'(contract) {
        assert(storage !== null && world !== null, 'code is bound in a world that is open');
        const { branch, runner } = world;
        const setup = await readWorldSetup(data.workspace);
        // Until a message waits that names it, nothing says that the code is needed.
        const installed = keepCode(contract, branch, storage);
        return ok(
          await bindCode({
            branch,
            runner,
            // A set-up that can't be read holds up nothing: kernels that are there get their code.
            kernels: setup.ok ? setup.value.kernels : [],
            contract: installed,
          }),
        );
      },
      ...forward(worldThreadProtocol, async (name, params, signal) => {
        try {
          return await opened()[name](params, signal);
        } catch (error) {
          return err(damageFault(error));
        }
      }),
    },
    dispose() {
      world?.dispose();
      storage?.close();
    },
  };
}

type WorldHandlers = Handlers<typeof worldThreadProtocol>;

interface RunningWorld extends Disposable {
  readonly branch: Branch;
  readonly runner: Runner;
  readonly handlers: WorldHandlers;
}

interface WorldOptions extends WorldThreadOptions {
  readonly storage: Storage;
  readonly book: BreakpointBook;
  readonly switchTo: (name: string) => Result<WorldStatus, Fault>;
}

function runWorld(branch: Branch, options: WorldOptions): RunningWorld {
  const { clock, data, storage, book, switchTo, onStatus, onBug, emit } = options;
  const open = (name: string) => openBranch({ ...worldParts, storage }, name);
  const branches = createOpenBranches({ current: branch, storage, open });
  const fork = createForking({ branches, storage, open, clock });
  const codes = createCodeBook(storage);
  const importSets = worldParts.imports;
  const release = () => runner.release();
  const debugging = createDebugService({ branch, clock, codes, importSets, fork, book, emit, release });
  const runner = createRunner({ branch, clock, paused: data.paused, gate: debugging.gate, onBug });
  const awaited = createAwaitedReceipts(branch);
  const statusListener = runner.onStatus.on(onStatus);
  const bookListener = book.onChange.on(runner.lookAgain);
  return {
    branch,
    runner,
    handlers: {
      ...createWorldService({ branch, blocks: storage, codes, runner, awaited }),
      ...createStateService({ branches, clock, hashOf: storage.hashOf }),
      ...createScheduleService({ branch, codes, runner }),
      ...createBranchService({ branches, storage, fork, codes, clock, switchTo, onRenamed: runner.wake }),
      ...createHistoryService({ branches, storage, codes, clock }),
      ...debugging.handlers,
    },
    dispose() {
      statusListener.dispose();
      bookListener.dispose();
      awaited.dispose();
      debugging.dispose();
      runner.dispose();
      branches.dispose();
      branch.dispose();
    },
  };
}

const signalsWait = fault('signals-wait', 'signals wait to be delivered, which would be lost', {
  remedy: 'let the world deliver them first',
});

function openChosen(storage: Storage): Result<Branch | undefined, Fault> {
  try {
    return ok(openBranch({ ...worldParts, storage }, chosenBranch(storage) ?? mainBranch));
  } catch (error) {
    return err(damageFault(error));
  }
}

const openStorage = (folder: string | null): Result<Storage, Fault> =>
  folder === null ? ok(createMemoryStorage(nativeHashOf)) : openLmdbStorage(folder);

function keepCode({ path, code, sourceMap }: BuiltContract, branch: Branch, storage: Storage) {
  const hash = branch.addCode(code);
  if (sourceMap !== null) keepSourceMap(storage, hash, sourceMap);
  return { path, code: hash };
}
