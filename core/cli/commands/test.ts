import { readdir, stat } from 'node:fs/promises';
import { join, normalize } from 'node:path';
import { type Fault, fault } from '../../base/fault';
import { type Result, err, ok } from '../../base/result';
import { type Headless, openHeadless } from '../../host/headless';
import { systemFault } from '../../host/system-fault';
import type { ExpectationEvent, SummaryEvent } from '../../scenario/events';
import { runScenario } from '../../scenario/run';
import { isWorkspace, scenariosFolder, workspaceOf } from '../../workspace/workspace';
import { readScenario } from '../read-scenario';
import { type CommonOptions, type ExitCode, type Session, failWith } from '../session';
import { type TestedScenario, type TestedStep, createReporter } from '../test-reporters';

type Reporter = 'text' | 'junit' | 'json';

export interface TestOptions extends CommonOptions {
  readonly reporter: Reporter;
}

export async function test(
  paths: readonly string[],
  options: TestOptions,
  session: Session,
): Promise<ExitCode> {
  const kind = options.json === true ? 'json' : options.reporter;
  const files = await findScenarios(paths);
  if (!files.ok) return failWith(session, [files.error], kind === 'json' ? { json: true } : {});
  const reporter = createReporter(kind, session.terminal);
  const headlessByFolder = new Map<string, Headless>();
  let held = true;
  try {
    await reporter.begin();
    for (const file of files.value) {
      const workspace = await workspaceOf(file);
      const headless =
        headlessByFolder.get(workspace.folder) ?? openHeadless(workspace, session.built, process.cwd());
      headlessByFolder.set(workspace.folder, headless);
      const tested = await testScenario(file, headless);
      held &&= tested.summary?.held === true;
      await reporter.tell(tested);
    }
    await reporter.end();
  } finally {
    await Promise.all([...headlessByFolder.values()].map((headless) => headless.close()));
  }
  return held ? 0 : 1;
}

async function testScenario(file: string, headless: Headless): Promise<TestedScenario> {
  const scenario = await readScenario(file);
  if (!scenario.ok) return { file, name: file, steps: [], faults: scenario.error, summary: null };
  const steps: TestedStep[] = [];
  const faults: Fault[] = [];
  let failures: ExpectationEvent[] = [];
  let stepFaults: Fault[] = [];
  let summary: SummaryEvent | null = null;
  for await (const event of runScenario(scenario.value, headless.parts, { observed: false })) {
    if (event.kind === 'expectation' && !event.held) failures.push(event);
    if (event.kind === 'fault') (event.step === null ? faults : stepFaults).push(event.fault);
    if (event.kind === 'step-ended') {
      steps.push({ step: event.step, held: event.held, failures, faults: stepFaults });
      failures = [];
      stepFaults = [];
    }
    if (event.kind === 'summary') summary = event;
  }
  return { file, name: scenario.value.name, steps, faults, summary };
}

const scenarioName = /\.ya?ml$/;

/** Files as they are named; of a workspace those in `scenarios/`, of any other folder all in it. */
async function findScenarios(paths: readonly string[]): Promise<Result<readonly string[], Fault>> {
  const found: string[] = [];
  for (const path of paths) {
    try {
      if ((await stat(path)).isFile()) {
        found.push(path);
        continue;
      }
      const folder = (await isWorkspace(path)) ? join(path, scenariosFolder) : path;
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile() && scenarioName.test(entry.name));
      found.push(...files.map((entry) => join(entry.parentPath, entry.name)).toSorted());
    } catch (error) {
      return err(systemFault(path, error));
    }
  }
  if (found.length > 0) return ok([...new Set(found.map((path) => normalize(path)))]);
  return err(
    fault('no-scenarios', `there are no scenarios in ${paths.join(', ')}`, {
      remedy: `scenarios are files such as ${scenariosFolder}/transfer.yaml in a workspace`,
    }),
  );
}
