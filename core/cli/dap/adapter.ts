/** The debugger as a Debug Adapter: a scenario is run, then all its messages are gone through, on and back. */
import { z } from 'zod';
import type { Clock } from '../../base/clock';
import { type Fault, fault, faultToText } from '../../base/fault';
import { type Result, err, ok } from '../../base/result';
import type { PlaybackMove } from '../../debugger/playback';
import type { StepMove } from '../../debugger/stepping';
import type { BuiltFiles } from '../../host/built-files';
import { createBreakpoints } from './breakpoints';
import { capabilities } from './capabilities';
import { type Connection, type Handled, type Handlers, done } from './connection';
import { createEditing } from './editing';
import { type Execution, createExecution } from './execution';
import { createInspection } from './inspection';
import { launch } from './launch';
import { type LaunchConfiguration, requests } from './requests';
import type { ClientWays } from './sources';
import { type Target, createTarget } from './target';
import { createVariables } from './variables';

export interface AdapterParts {
  readonly built: BuiltFiles;
  readonly clock: Clock;
  /** The client has no more to ask. */
  readonly onDone: () => void;
}

/** What was launched. */
interface Launched {
  readonly configuration: LaunchConfiguration;
  readonly target: Target;
  readonly execution: Execution;
}

export function createAdapter(connection: Connection, { built, clock, onDone }: AdapterParts): Handlers {
  let ways: ClientWays = { linesStartAt1: true, columnsStartAt1: true, pathFormat: 'path' };
  let launched: Launched | null = null;
  let launching: AbortController | null = null;
  const variables = createVariables();
  const breakpoints = createBreakpoints({
    target,
    variables,
    onChange: () => launched?.execution.onBreakpoints(),
  });

  function found(): Result<Launched, Fault> {
    return launched === null ? err(fault('not-launched', 'no scenario was launched')) : ok(launched);
  }

  function target(): Result<Target, Fault> {
    const it = found();
    return it.ok ? ok(it.value.target) : it;
  }

  function stopped(): Result<Target, Fault> {
    const isRunning = launched?.execution.isRunning === true;
    return isRunning ? err(fault('notStopped', 'it runs', { remedy: 'pause it first' })) : target();
  }

  /** In place of what was launched before. */
  async function start(configuration: LaunchConfiguration): Promise<Result<Launched, Fault>> {
    const control = new AbortController();
    launching = control;
    const debuggee = await launch(configuration, { built, clock, signal: control.signal });
    launching = null;
    if (!debuggee.ok) return err(oneFault(debuggee.error));
    const created = createTarget(debuggee.value, ways);
    if (!created.ok) return created;
    launched?.target.playback.dispose();
    variables.reset();
    const execution = createExecution({
      target: created.value,
      breakpoints,
      connection,
      clock,
      onStop: () => variables.reset(),
    });
    launched = { configuration, target: created.value, execution };
    return ok(launched);
  }

  function halt(): void {
    launching?.abort();
    launched?.execution.halt();
  }

  /** A move is answered at once; that it came to a stop is told later. */
  function move<Body extends object | undefined>(asked: PlaybackMove, body: Body): Handled<Body> {
    const it = stopped();
    return it.ok ? ok({ body, after: () => launched?.execution.go(asked) }) : it;
  }

  const step =
    (kind: StepMove['kind'], back: boolean) =>
    ({ granularity }: { readonly granularity?: 'statement' | 'line' | 'instruction' | undefined }) =>
      move({ kind, back, by: granularity === 'instruction' ? 'instruction' : 'line' }, undefined);

  return {
    initialize(client) {
      ways = client;
      return ok({ body: capabilities });
    },
    async launch(configuration) {
      if (launched !== null || launching !== null) return err(isLaunched);
      const started = await start(configuration);
      return started.ok ? done(() => connection.send('initialized')) : started;
    },
    async restart({ arguments: given }) {
      const before = found();
      if (!before.ok) return before;
      if (launching !== null) return err(isLaunched);
      const asked = given === undefined ? ok(before.value.configuration) : readConfiguration(given);
      if (!asked.ok) return asked;
      before.value.execution.halt();
      const started = await start(asked.value);
      if (!started.ok) return started;
      return done(() => {
        for (const breakpoint of breakpoints.settleAgain()) {
          connection.send('breakpoint', { reason: 'changed', breakpoint });
        }
        return started.value.execution.begin(asked.value);
      });
    },
    configurationDone() {
      const it = found();
      return it.ok ? done(() => it.value.execution.begin(it.value.configuration)) : it;
    },
    terminate() {
      halt();
      return done(() => connection.send('terminated'));
    },
    disconnect() {
      halt();
      return done(onDone);
    },

    continue: () => move({ kind: 'continue', back: false }, { allThreadsContinued: true }),
    reverseContinue: () => move({ kind: 'continue', back: true }, undefined),
    next: step('over', false),
    stepIn: ({ targetId, ...asked }) =>
      targetId === undefined
        ? step('in', false)(asked)
        : move({ kind: 'to message', index: targetId, back: false }, undefined),
    stepOut: step('out', false),
    stepBack: step('over', true),
    pause() {
      const it = found();
      return it.ok ? done(() => it.value.execution.pause()) : it;
    },

    ...breakpoints.handlers,
    ...createEditing({ stopped, variables, connection }),
    ...createInspection({ target, stopped, variables }),
  };
}

const isLaunched = fault('launched', 'a scenario was launched already', {
  remedy: 'restart it once it runs, or disconnect',
});

function readConfiguration(given: unknown): Result<LaunchConfiguration, Fault> {
  const parsed = requests.launch.safeParse(given);
  return parsed.success
    ? ok(parsed.data)
    : err(fault('bad-configuration', `the launch configuration: ${z.prettifyError(parsed.error)}`));
}

/** All of them in one, the first one's place being the place. */
function oneFault(faults: readonly Fault[]): Fault {
  const [first] = faults;
  return first !== undefined && faults.length === 1
    ? first
    : fault('not-run', faults.slice(0, mostFaults).map(faultToText).join('\n'));
}

const mostFaults = 20;
