/** Runs the scenario of a launch configuration to its end: what is then gone through, on and back. */
import { resolve } from 'node:path';
import type { Clock } from '../../base/clock';
import { type Fault, fault } from '../../base/fault';
import { type Hash, hashOf, hashToKey } from '../../base/hash';
import { type Result, err, ok } from '../../base/result';
import type { Branch } from '../../history/branch';
import type { BuiltFiles } from '../../host/built-files';
import { type Headless, openHeadless } from '../../host/headless';
import type { MessageEvent, ScenarioEvent } from '../../scenario/events';
import { type ScenarioParts, runScenario } from '../../scenario/run';
import type { Scenario, Step } from '../../scenario/scenario';
import { type Workspace, workspaceOf } from '../../workspace/workspace';
import { readScenario } from '../read-scenario';
import type { LaunchConfiguration } from './requests';

/** A scenario that was run. */
export interface Debuggee {
  readonly scenario: Scenario;
  readonly workspace: Workspace;
  readonly branch: Branch;
  /** All that the run told, in order. */
  readonly events: readonly ScenarioEvent[];
  /** A message that a step led to, by its receipt; `null` for those that set the world up. */
  messageOf(receipt: number): TakenMessage | null;
  /** The receipt of a message, by its id; `null` for one that was never delivered. */
  receiptOf(message: number): number | null;
  /** The receipt to begin with. */
  readonly first: number;
  /** Of code that was built for it, its contract and its source map. */
  contractOf(code: Hash): BuiltContract | null;
}

export interface TakenMessage extends MessageEvent {
  /** The step whose signal led to it. */
  readonly step: Step;
}

export interface BuiltContract {
  readonly path: string;
  readonly sourceMap: string | null;
}

export interface LaunchParts {
  readonly built: BuiltFiles;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

type Launched = Result<Debuggee, readonly Fault[]>;

/** All faults that keep it from being debugged. */
export async function launch(configuration: LaunchConfiguration, parts: LaunchParts): Promise<Launched> {
  const file = resolve(configuration.scenario);
  const scenario = await readScenario(file);
  if (!scenario.ok) return scenario;
  const wrong = configurationFault(configuration, scenario.value);
  if (wrong !== null) return err([wrong]);
  const workspace = await workspaceOf(file);
  const headless = openHeadless(workspace, parts.built, workspace.folder);
  parts.signal.addEventListener('abort', () => void headless.close());
  try {
    return await runIn(headless, { configuration, scenario: scenario.value, workspace }, parts);
  } finally {
    await headless.close();
  }
}

function configurationFault({ step, receipt }: LaunchConfiguration, { steps }: Scenario): Fault | null {
  if (step !== undefined && receipt !== undefined) {
    return fault('bad-configuration', 'both `step` and `receipt` say where to begin', {
      remedy: 'leave one of them out of the launch configuration',
    });
  }
  if (step === undefined || step <= steps.length) return null;
  return fault('bad-configuration', `\`step\` is ${step}, but the scenario has ${steps.length} steps`, {
    remedy: 'steps are numbered from 1',
  });
}

async function runIn(
  headless: Headless,
  {
    configuration,
    scenario,
    workspace,
  }: {
    readonly configuration: LaunchConfiguration;
    readonly scenario: Scenario;
    readonly workspace: Workspace;
  },
  { clock, signal }: LaunchParts,
): Promise<Launched> {
  let branch: Branch | null = null;
  const contractByCode = new Map<string, BuiltContract>();
  const parts: ScenarioParts = {
    ...headless.parts,
    async build(path) {
      const built = await headless.parts.build(path);
      if (built.ok && built.value.ok) {
        const { code, sourceMap } = built.value;
        contractByCode.set(hashToKey(hashOf(code)), { path, sourceMap });
      }
      return built;
    },
    createBranch: (inputs) => (branch = headless.parts.createBranch(inputs)),
  };
  const events: ScenarioEvent[] = [];
  const faults: Fault[] = [];
  let began = clock.now();
  for await (const event of runScenario(scenario, parts, { observed: false })) {
    events.push(event);
    if (event.kind === 'fault' && event.step === null) faults.push(event.fault);
    if (clock.now() - began > breathe) {
      await new Promise<void>((resolve) => void clock.after(0, resolve));
      began = clock.now();
    }
    if (signal.aborted) return err([fault('cancelled', 'the session ended before the scenario had run')]);
  }
  const world = branch as Branch | null;
  if (world === null || !events.some(({ kind }) => kind === 'step-begun')) {
    return err(faults.length > 0 ? faults : [fault('nothing-ran', `${scenario.file} has no steps`)]);
  }
  const first = firstReceipt(configuration, events, world);
  if (!first.ok) return err([first.error]);
  const messageByReceipt = messagesIn(events);
  const receiptByMessage = new Map(
    Array.from(messageByReceipt.values(), ({ receipt }) => [receipt.message.id, receipt.index]),
  );
  return ok({
    scenario,
    workspace,
    branch: world,
    events,
    messageOf: (receipt) => messageByReceipt.get(receipt) ?? null,
    receiptOf: (message) => receiptByMessage.get(message) ?? null,
    first: first.value,
    contractOf: (code) => contractByCode.get(hashToKey(code)) ?? null,
  });
}

function messagesIn(events: readonly ScenarioEvent[]): ReadonlyMap<number, TakenMessage> {
  const messageByReceipt = new Map<number, TakenMessage>();
  let step: Step | null = null;
  for (const event of events) {
    if (event.kind === 'step-begun') step = event.step;
    if (event.kind === 'message' && step !== null) {
      messageByReceipt.set(event.receipt.index, { ...event, step });
    }
  }
  return messageByReceipt;
}

/** Milliseconds of running after which others on the thread have a turn. */
const breathe = 8;

function firstReceipt(
  { step, receipt }: LaunchConfiguration,
  events: readonly ScenarioEvent[],
  { length }: Branch,
): Result<number, Fault> {
  if (receipt !== undefined) {
    return receipt < length
      ? ok(receipt)
      : err(
          fault('bad-configuration', `\`receipt\` is ${receipt}, but the scenario has ${length} receipts`, {
            remedy: '`kernelscope run` prints them as #0 and so on',
          }),
        );
  }
  const begun = events.findIndex(
    (event) => event.kind === 'step-begun' && event.step.index === (step ?? 1) - 1,
  );
  const message = events.slice(begun + 1).find((event) => event.kind === 'message');
  return ok(message?.receipt.index ?? 0);
}
