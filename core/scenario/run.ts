/** Runs a scenario in a world of its own. Knows no files: builds and worlds are handed in. */
import { bytesToText } from '../base/bytes';
import { type Fault, fault } from '../base/fault';
import { type Hash, hashToText } from '../base/hash';
import { type Result, assert, err, ok } from '../base/result';
import { type Value, encodeValue } from '../base/value';
import type { Build } from '../contracts/build';
import { importsOf } from '../contracts/describe';
import type { ContractInterface } from '../contracts/interface';
import { type Outcome, outcomeToText } from '../environment/outcome';
import type { Branch } from '../history/branch';
import type { Inputs } from '../history/beginning';
import { importNameFault } from '../imports/import-name';
import type { DeclaredSet, ImportSet } from '../imports/import-set';
import type { ImportCall } from '../imports/trace';
import { createSignal, installSignal } from '../kernel/control-signals';
import type { Receipt } from '../kernel/receipt';
import type { Signal } from '../kernel/world';
import { diffTrees } from '../state/diff';
import { argumentsOf } from './arguments';
import type { ScenarioEvent } from './events';
import { judge, readable } from './expect';
import type { Scenario, ScenarioKernel, Step } from './scenario';
import { scheduleFrom, undeliverable } from './schedule';
import { createTally } from './tally';

export interface ScenarioParts {
  /** Builds a contract by its path from the workspace folder. A fault when it can't even be tried. */
  build(path: string): Promise<Result<Build, Fault>>;
  /** The only branch of a new world, which the run disposes of. */
  createBranch(inputs: Inputs): Branch;
  /** The import sets that all contracts of the world may use. */
  readonly imports: readonly ImportSet[];
}

export interface RunOptions {
  /** Whether to run each message again with observation on, to tell of import calls and state changes. */
  readonly observed: boolean;
}

type Events = AsyncGenerator<ScenarioEvent, void, undefined>;

/**
 * Tells what happens as it happens; the last event is the summary. A run that nobody asks on stops where it is.
 * What the scenario or its contracts do wrong are events, too; only a bug or a broken store throws.
 */
export async function* runScenario(scenario: Scenario, parts: ScenarioParts, options: RunOptions): Events {
  const tally = createTally(scenario);
  for await (const event of happenings(scenario, parts, options)) {
    tally.add(event);
    yield event;
  }
  yield tally.summary();
}

async function* happenings(scenario: Scenario, parts: ScenarioParts, { observed }: RunOptions): Events {
  const contracts = new Map<string, Contract>();
  for (const kernel of scenario.kernels) {
    const { code } = kernel;
    if (code === null || contracts.has(code)) continue;
    const built = await buildContract(code, kernel, parts);
    if (!built.ok)
      return yield* built.error.map((error) => ({ kind: 'fault', fault: error, step: null }) as const);
    contracts.set(code, built.value);
    yield { kind: 'built', path: code, diagnostics: built.value.diagnostics };
  }
  const imports = [...contracts.values()].flatMap(({ code }) => importsOf(code, []));
  const unknown = unknownImports(scenario, [...parts.imports, ...imports]);
  if (unknown.length > 0)
    return yield* unknown.map((error) => ({ kind: 'fault', fault: error, step: null }) as const);

  const { limits, answers } = scenario;
  const schedule = scheduleFrom(scenario, contracts.size + scenario.kernels.length);
  const branch = parts.createBranch({ limits, answers, schedule, seed: 0 });
  try {
    const run: Run = {
      scenario,
      branch,
      observed,
      contracts,
      interfaces: new Map(),
    };
    install(run);
    for (const kernel of scenario.kernels) {
      const event = create(kernel, run);
      yield event;
      if (event.kind === 'fault') return;
    }
    for (const step of scenario.steps) {
      yield* takeStep(step, run);
      if (branch.pending > 0) return;
    }
    const left = undeliverable(scenario, branch);
    if (left !== null) yield { kind: 'fault', fault: left, step: null };
    yield { kind: 'ended', length: branch.length, root: branch.root() };
  } finally {
    branch.dispose();
  }
}

/** Messages that are delivered before they are told of. */
const deliveredAtOnce = 64;

type Contract = Pick<Build & { readonly ok: true }, 'code' | 'interface' | 'diagnostics'>;

interface Run {
  readonly scenario: Scenario;
  readonly branch: Branch;
  readonly observed: boolean;
  readonly contracts: ReadonlyMap<string, Contract>;
  /** By the code's CID. */
  readonly interfaces: Map<string, ContractInterface>;
}

/** An answer to an import that no contract can have would never be given, without a word. */
function unknownImports(
  { answers, locateAnswer }: Scenario,
  imports: readonly DeclaredSet[],
): readonly Fault[] {
  return answers.flatMap(({ import: name }, index) => {
    const unknown = importNameFault(name, imports);
    return unknown === null ? [] : [{ ...unknown, position: locateAnswer(index) }];
  });
}

async function buildContract(
  path: string,
  { codePosition }: ScenarioKernel,
  parts: ScenarioParts,
): Promise<Result<Contract, readonly Fault[]>> {
  const built = await parts.build(path);
  if (!built.ok) return err([{ ...built.error, position: codePosition }]);
  if (built.value.ok) return ok(built.value);
  const errors = built.value.diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ message, file, line, column, length }) =>
      fault('build-failed', message, { position: { file, line, column, length } }),
    );
  return err([...errors, fault('build-failed', `${path} does not compile`, { position: codePosition })]);
}

/** Makes the contracts known by their paths, so that contracts can create children from them. */
function install({ branch, contracts, interfaces }: Run): void {
  for (const [path, contract] of contracts) {
    const hash = branch.addCode(contract.code);
    interfaces.set(hashToText(hash), contract.interface);
    deliver(branch, installSignal(path, hash));
  }
}

function create(kernel: ScenarioKernel, { branch, contracts }: Run): ScenarioEvent {
  const { address, code: codeName, state, position } = kernel;
  const contract = codeName === null ? undefined : contracts.get(codeName);
  const code = contract === undefined ? null : branch.addCode(contract.code);
  const receipt = deliver(branch, createSignal(address, { code, codeName }, state));
  if (receipt.outcome.kind === 'ok') return { kind: 'kernel', kernel, code };
  const words = `${address} can't be made: ${outcomeToText(receipt.outcome)}`;
  return { kind: 'fault', fault: fault('not-created', words, { position }), step: null };
}

/** Sends a signal that nothing follows from, and waits for its receipt. */
function deliver(branch: Branch, signal: Signal): Receipt {
  branch.signal(signal);
  branch.run(1);
  const receipt = branch.receipt(branch.length - 1);
  assert(receipt !== undefined, 'a message that was delivered has a receipt');
  return receipt;
}

const neverDelivered: Outcome = { kind: 'rejected', reason: 'the signal was dropped' };

async function* takeStep(step: Step, run: Run): Events {
  const { branch, scenario } = run;
  yield { kind: 'step-begun', step };
  const args = argumentsOf(step, interfaceOf(branch.world().kernel(step.to)?.code ?? null, run));
  if (!args.ok) {
    yield { kind: 'fault', fault: args.error, step };
    yield { kind: 'step-ended', step, held: false, messages: 0, gasUsed: 0 };
    return;
  }

  const first = branch.length;
  const id = branch.signal({
    to: step.to,
    method: step.method,
    args: encodeValue(args.value),
    replyTo: null,
    gas: step.gas,
  });
  let gasUsed = 0;
  const logs: string[] = [];
  let outcome: Outcome = neverDelivered;
  while (branch.pending > 0) {
    const start = branch.length;
    if (branch.run(deliveredAtOnce) === 0) break;
    for (const receipt of branch.receipts(start, deliveredAtOnce)) {
      gasUsed += receipt.gasUsed;
      if (receipt.message.id === id) outcome = receipt.outcome;
      logs.push(...receipt.logs);
      yield* tellMessage(receipt, step, run);
    }
  }

  const messages = branch.length - first;
  const heldBack = branch.pending === 0 ? null : undeliverable(scenario, branch);
  if (heldBack !== null) {
    yield { kind: 'fault', fault: heldBack, step };
    yield { kind: 'step-ended', step, held: false, messages, gasUsed };
    return;
  }
  let held = true;
  const aftermath = { outcome, messages, logs, world: branch.world() };
  for (const expectation of step.expectations) {
    const judgement = judge(expectation, aftermath);
    held &&= judgement.held;
    yield { kind: 'expectation', step, expectation, ...judgement };
  }
  yield { kind: 'step-ended', step, held, messages, gasUsed };
}

async function* tellMessage(receipt: Receipt, step: Step, run: Run): Events {
  const code = receipt.code ?? run.branch.world().kernel(receipt.message.to)?.code ?? null;
  const method = interfaceOf(code, run)?.methods.find(({ name }) => name === receipt.message.method);
  yield { kind: 'message', receipt, method: method ?? null };
  if (!run.observed) return;
  const calls: ImportCall[] = [];
  const again = run.branch.rerun(receipt.index, {
    onImport: (call) => void calls.push(call),
    onTrap: () => undefined,
  });
  if (!again.ok) {
    yield { kind: 'fault', fault: again.error, step };
    return;
  }
  for (const call of calls) yield { kind: 'import', call, written: writtenBy(call) };
  for (const { key, before = null, after = null } of diffTrees(again.value.before, again.value.after)) {
    yield { kind: 'change', kernel: receipt.message.to, key, before, after };
  }
}

function writtenBy({ written }: ImportCall): Value {
  if (written === null || written.form === 'bytes') return written?.bytes ?? null;
  return written.form === 'text' ? bytesToText(written.bytes) : readable(written.bytes);
}

const interfaceOf = (code: Hash | null, { interfaces }: Run): ContractInterface | null =>
  code === null ? null : (interfaces.get(hashToText(code)) ?? null);
