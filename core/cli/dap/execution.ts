/** Moves through a scenario, one at a time and in slices, and tells the client where they stop. */
import type { Clock } from '../../base/clock';
import { faultToText } from '../../base/fault';
import { inSlices } from '../../base/slices';
import type { PlaybackMove } from '../../debugger/playback';
import type { Reason, Session } from '../../debugger/session';
import type { Breakpoints } from './breakpoints';
import type { Connection } from './connection';
import { threadId } from './inspection';
import { createNarration } from './narration';
import type { LaunchConfiguration } from './requests';
import type { Target } from './target';

export interface Execution {
  readonly isRunning: boolean;
  /** Goes through it, as the configuration says. */
  begin(configuration: LaunchConfiguration): Promise<void>;
  /** Ends where it stops. From the end of the scenario, on is the end of the session. Only while nothing runs. */
  go(move: PlaybackMove): Promise<void>;
  pause(): void;
  /** Others are to be looked out for from now on. */
  onBreakpoints(): void;
  /** Nothing more is told. */
  halt(): void;
}

export interface ExecutionParts {
  readonly target: Target;
  readonly breakpoints: Breakpoints;
  readonly connection: Connection;
  readonly clock: Clock;
  /** What was to be seen holds no more. */
  readonly onStop: () => void;
}

export function createExecution({
  target,
  breakpoints,
  connection,
  clock,
  onStop,
}: ExecutionParts): Execution {
  const { playback, debuggee } = target;
  const narration = createNarration(debuggee, target.sources, (output) => connection.send('output', output));
  const toldBySession = new WeakMap<Session, Set<string>>();
  let running: { readonly move: PlaybackMove; readonly control: AbortController } | null = null;
  let isStale = true;
  /** Whether what runs is to be begun again, since breakpoints changed. */
  let isAgain = false;
  let hasEnded = false;

  const say = (category: string, text: string, place: object = {}): void =>
    connection.send('output', { category, output: `${text}\n`, ...place });

  async function go(move: PlaybackMove): Promise<void> {
    if (hasEnded && !move.back) {
      finish();
      return;
    }
    if (isStale) playback.arm(breakpoints.armed());
    isStale = false;
    isAgain = false;
    const control = new AbortController();
    running = { move, control };
    const moved = await inSlices(playback.move(move), clock, control.signal);
    if (control.signal.aborted) return;
    running = null;
    const reason = moved.ok ? moved.value : moved;
    if (!reason.ok) say('stderr', faultToText(reason.error));
    if (isAgain && reason.ok && reason.value === 'paused') await go({ kind: 'continue', back: move.back });
    else stop(reason.ok ? reason.value : 'paused');
  }

  function stop(reason: Reason | 'entry'): void {
    hasEnded = reason === 'end';
    onStop();
    if (hasEnded) narration.toEnd();
    else narration.upTo(playback.index, playback.session);
    tellLogPoints(playback.session);
    connection.send('stopped', { ...wordsOf(reason), threadId, allThreadsStopped: true });
  }

  function wordsOf(reason: Reason | 'entry'): object {
    if (reason !== 'breakpoint' && reason !== 'trap') return stopWords[reason];
    const { hits } = playback.session;
    const met = reason === 'trap' ? trapped : breakpoints.reasonOf(hits);
    const outcome = debuggee.branch.receipt(playback.index)?.outcome;
    if (met.reason === 'exception' && outcome?.kind === 'trap') {
      return { ...met, description: `Trap: ${outcome.reason}`, text: outcome.detail ?? outcome.reason };
    }
    return { ...met, text: hits.map(({ words }) => words).join('; ') };
  }

  /** Each line once, however often it is gone through. */
  function tellLogPoints(session: Session): void {
    const told = toldBySession.get(session) ?? new Set();
    toldBySession.set(session, told);
    for (const { moment, breakpoint, text } of session.logged.all) {
      const key = `${moment} ${breakpoint}`;
      if (!told.has(key)) say('console', text, breakpoints.placeOf(breakpoint));
      told.add(key);
    }
  }

  /** All was gone through: tells what is left to tell, and that nothing follows. */
  function finish(): void {
    narration.toEnd();
    const held = debuggee.events.some((event) => event.kind === 'summary' && event.held);
    connection.send('exited', { exitCode: held ? 0 : 1 });
    connection.send('terminated');
  }

  playback.onPassed.on(({ index, session }) => {
    narration.upTo(index, session);
    tellLogPoints(session);
  });

  return {
    get isRunning() {
      return running !== null;
    },
    async begin({ noDebug = false, stopOnEntry = false }) {
      if (noDebug) finish();
      else if (stopOnEntry) stop('entry');
      else await go({ kind: 'from start', back: false });
    },
    go,
    pause() {
      isAgain = false;
      playback.pause();
    },
    onBreakpoints() {
      isStale = true;
      const kind = running?.move.kind;
      isAgain = kind === 'continue' || kind === 'from start';
      if (isAgain) playback.pause();
    },
    halt() {
      running?.control.abort();
      running = null;
    },
  };
}

const trapped = { reason: 'exception' };

const stopWords = {
  entry: { reason: 'entry' },
  moved: { reason: 'step' },
  paused: { reason: 'pause' },
  start: { reason: 'entry', description: 'At the beginning: nothing ran before' },
  end: { reason: 'end', description: 'At the end of the scenario' },
};
