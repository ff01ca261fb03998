/** Stepping through messages: the sessions that are open, where the one in front stands, and the moves asked of it. */
import type { Fault } from '../../../core/base/fault';
import type { DebugStop } from '../../../core/studio/protocol/debug-values';
import type { StudioParams } from '../../../core/studio/protocol/studio';
import type { CodeFrame } from '../../../core/studio/protocol/wire';
import { debugKeys } from '../../ui/debug-keys';
import { isMac, keysToText } from '../../ui/keys';
import { isLibraryFile } from '../../ui/library-file';
import type { SliceOf } from '../studio';
import { type Move, withMove } from './move-queue';
import { createSourceFinder } from './source-finder';

export type Opening = StudioParams<'debug.open'>['at'];
export type Target = Extract<Move, { kind: 'to cursor' }>['at'];
export type Granularity = 'line' | 'instruction';

/** One of the calls that are on, 0 the innermost, and where it stands. */
export interface DebugFrame {
  readonly index: number;
  readonly place: CodeFrame | null;
}

export interface DebugSlice {
  /** Of the session in front; `null` when there is none. */
  readonly debugStop: DebugStop | null;
  /** Another number at each stop: whatever is seen is seen at one. */
  readonly debugSerial: number;
  /** Of all sessions, first opened first. */
  readonly debugSessions: readonly DebugStop[];
  /** The receipt that a session is being opened on. */
  readonly debugOpening: number | null;
  /** While a move is under way. */
  readonly debugMoving: boolean;
  /** How far the move under way came, once it takes long. */
  readonly debugProgress: number | null;
  readonly debugFrame: DebugFrame;
  /** The innermost call from there on that stands in a file of the workspace; the chosen one itself, mostly. */
  readonly debugAuthored: CodeFrame | null;
  readonly debugBy: Granularity;
  /** How many steps the next step is, as typed; `null` for one. */
  readonly debugTimes: number | null;
  /** Tells one wish to type a goal from the next. */
  readonly goalWish: number;
  /** The instruction that was chosen last in the disassembly, unless a line of source was chosen since. */
  readonly codeCursor: number | null;

  openDebug(receipt: number | null, at: Opening): Promise<void>;
  /** In the session in front, or in one on the selected message. */
  goBeforeTrap(): void;
  closeDebug(): void;
  showSession(session: number): void;
  moveDebug(move: Move): void;
  stepDebug(kind: 'in' | 'over' | 'out', back: boolean): void;
  /** To the line or the instruction that was chosen last. */
  runToCursor(back: boolean): void;
  /** The line or the instruction that was chosen last. */
  cursorTarget(): Target | null;
  /** Takes the keyboard to the field for moments and places. */
  askForGoal(): void;
  /** Also ends the opening of a session that takes long. */
  pauseDebug(): void;
  setDebugBy(by: Granularity): void;
  setDebugTimes(times: number | null): void;
  selectFrame(frame: DebugFrame): void;
  setCodeCursor(offset: number | null): void;

  debugProgressed(progress: { readonly session: number; readonly count: number }): void;
  /** A breakpoint holds a message back: its session comes to the front unless another one is there. */
  debugHeld(stop: DebugStop): void;
  /** Takes the message that the session in front holds out of its mailbox. */
  dropHeld(): Promise<void>;
  /** Asks for all sessions: those of a page before this one are still open. Says why others are no more. */
  readDebugSessions(why: string): Promise<void>;
  /** Takes over where the session in front stands now. */
  takeStop(stop: DebugStop): void;
}

export const createDebugSlice: SliceOf<DebugSlice> = (set, get, { client }) => {
  const findSource = createSourceFinder(client);
  let queue: readonly Move[] = [];
  let opening: AbortController | null = null;
  // Asked before the move has begun, a pause would be lost.
  let isPauseWished = false;

  const withStop = (stop: DebugStop): readonly DebugStop[] => {
    const { debugSessions } = get();
    const isKnown = debugSessions.some(({ session }) => session === stop.session);
    return isKnown
      ? debugSessions.map((each) => (each.session === stop.session ? stop : each))
      : [...debugSessions, stop];
  };

  const takeStop = (stop: DebugStop): void => {
    const { debugStop: last, debugFrame } = get();
    // What is changed by hand is changed in the call that was chosen.
    const stays = stop.reason.kind === 'edited' && last?.session === stop.session;
    const frame = stays ? debugFrame : stop.shown;
    set({
      debugStop: stop,
      debugSerial: get().debugSerial + 1,
      debugSessions: withStop(stop),
      debugProgress: null,
      debugFrame: frame,
      debugAuthored: frame.place,
    });
    void showSource(frame.place);
  };

  /** In its editor, when it is a file of the workspace, or that of a call around it. The keyboard stays where it is. */
  const showSource = async (place: CodeFrame | null): Promise<void> => {
    const { debugStop, debugFrame } = get();
    if (place === null || debugStop === null) return;
    const { session } = debugStop;
    const isLibrary = place.source?.file === undefined || isLibraryFile(place.source.file);
    const range = { start: debugFrame.index, count: mostCallsToLookAt };
    const frames = isLibrary ? await client.call('debug.frames', { session, ...range }) : null;
    for (const frame of frames?.ok === true ? frames.value.rows : [place]) {
      const file = frame.source?.file;
      if (file === undefined || !(await findSource(file))) continue;
      if (get().debugFrame !== debugFrame) return;
      set({ debugAuthored: frame });
      get().openDocument(file, false);
      return;
    }
  };

  /** Another session comes to the front, or none. */
  const leave = (gone: number): void => {
    const rest = get().debugSessions.filter(({ session }) => session !== gone);
    queue = [];
    set({ debugSessions: rest });
    const next = rest.at(-1);
    if (next !== undefined) takeStop(next);
    else
      set({
        debugStop: null,
        debugProgress: null,
        debugFrame: noFrame,
        debugAuthored: null,
        codeCursor: null,
      });
  };

  const explain = (what: string, failure: Fault, session: number): void => {
    if (failure.code === 'cancelled') return;
    if (failure.code === 'no-session') leave(session);
    get().notifyFault(what, failure);
  };

  const work = async (): Promise<void> => {
    if (get().debugMoving) return;
    set({ debugMoving: true });
    for (let [move] = queue; move !== undefined; [move] = queue) {
      const session = get().debugStop?.session;
      queue = queue.slice(1);
      if (session === undefined) break;
      const stop = await client.call('debug.move', { session, move });
      isPauseWished = false;
      const isInFront = get().debugStop?.session === session;
      if (stop.ok && isInFront) takeStop(stop.value);
      else if (stop.ok) set({ debugSessions: withStop(stop.value) });
      else {
        queue = [];
        set({ debugProgress: null });
        explain('That move could not be made', stop.error, session);
      }
    }
    set({ debugMoving: false });
  };

  const cursorTarget = (): Target | null => {
    const { codeCursor, cursor } = get();
    if (codeCursor !== null) return { kind: 'offset', offset: codeCursor };
    return cursor === null ? null : { kind: 'line', file: cursor.path, line: cursor.line };
  };

  const tell = (text: string): void => void get().notify({ kind: 'info', text });

  return {
    debugStop: null,
    debugSerial: 0,
    debugSessions: [],
    debugOpening: null,
    debugMoving: false,
    debugProgress: null,
    debugFrame: noFrame,
    debugAuthored: null,
    debugBy: 'line',
    debugTimes: null,
    goalWish: 0,
    codeCursor: null,

    async openDebug(receipt, at) {
      if (receipt === null) {
        tell('Choose a message in the timeline first: it is the one that is stepped through.');
        return;
      }
      opening?.abort();
      const asking = new AbortController();
      opening = asking;
      set({ debugOpening: receipt });
      get().showPanel('code', false);
      get().showPanel('debugger');
      const stop = await client.call('debug.open', { receipt, at }, asking.signal);
      if (opening !== asking) return;
      opening = null;
      set({ debugOpening: null });
      if (!stop.ok) {
        explain(`#${receipt} can’t be stepped through`, stop.error, -1);
        return;
      }
      queue = [];
      takeStop(stop.value);
      get().selectReceipt(receipt, stop.value.message.to);
    },
    goBeforeTrap() {
      const { debugStop, receipt, openDebug, moveDebug } = get();
      if (debugStop !== null && debugStop.receipt === receipt) moveDebug({ kind: 'to trap' });
      else void openDebug(receipt, { kind: 'trap' });
    },
    closeDebug() {
      const session = get().debugStop?.session;
      if (session === undefined) return;
      leave(session);
      void client.call('debug.close', { session });
    },
    showSession(session) {
      const stop = get().debugSessions.find((each) => each.session === session);
      if (stop === undefined) return;
      queue = [];
      takeStop(stop);
      if (stop.receipt !== null) get().selectReceipt(stop.receipt, stop.message.to);
    },
    moveDebug(move) {
      if (get().debugStop === null) {
        const keys = keysToText(debugKeys.open, isMac());
        tell(`No message is stepped through: choose one in the timeline and press ${keys}.`);
        return;
      }
      queue = withMove(queue, move);
      void work();
    },
    stepDebug(kind, back) {
      const { debugBy: by, debugTimes, moveDebug } = get();
      moveDebug({ kind, back, by, times: debugTimes ?? 1 });
      if (debugTimes !== null) set({ debugTimes: null });
    },
    runToCursor(back) {
      const at = cursorTarget();
      if (at === null) tell('Put the cursor on a line of the source, or choose an instruction, first.');
      else get().moveDebug({ kind: 'to cursor', at, back });
    },
    cursorTarget,
    askForGoal() {
      get().showPanel('debugger', false);
      set({ goalWish: get().goalWish + 1 });
    },
    pauseDebug() {
      if (opening !== null) {
        opening.abort();
        opening = null;
        set({ debugOpening: null });
      }
      const session = get().debugStop?.session;
      queue = [];
      if (!get().debugMoving || session === undefined) return;
      isPauseWished = true;
      void client.call('debug.pause', { session });
    },
    setDebugBy: (debugBy) => set({ debugBy }),
    setDebugTimes: (debugTimes) => set({ debugTimes }),
    selectFrame(debugFrame) {
      set({ debugFrame, debugAuthored: debugFrame.place });
      void showSource(debugFrame.place);
    },
    setCodeCursor: (codeCursor) => set({ codeCursor }),

    debugProgressed({ session, count }) {
      if (get().debugMoving && get().debugStop?.session === session) {
        set({ debugProgress: count });
        if (isPauseWished) void client.call('debug.pause', { session });
      }
    },
    debugHeld(stop) {
      const { to, method } = stop.message;
      get().notify({
        kind: 'info',
        text: `A breakpoint holds ${method} to ${to} back: step through it, or stop stepping to deliver it. Other kernels go on.`,
      });
      if (get().debugStop !== null) {
        set({ debugSessions: withStop(stop) });
        return;
      }
      takeStop(stop);
      get().showPanel('debugger', false);
    },
    async dropHeld() {
      const { debugStop } = get();
      if (debugStop === null || debugStop.receipt !== null) {
        tell('No message is held back here.');
        return;
      }
      const dropped = await client.call('schedule.drop', { id: debugStop.message.id });
      if (!dropped.ok) get().notifyFault('The message could not be dropped', dropped.error);
    },
    async readDebugSessions(why) {
      const answer = await client.call('debug.sessions', {});
      if (!answer.ok) return;
      const { sessions } = answer.value;
      const front = get().debugStop?.session;
      const [gone] = get().debugSessions.filter(
        (known) => !sessions.some((open) => isSameSession(open, known)),
      );
      const stop = sessions.find(({ session }) => session === front) ?? sessions.at(-1);
      set({ debugSessions: sessions });
      if (stop !== undefined) takeStop(stop);
      else if (front !== undefined) leave(front);
      if (gone !== undefined)
        tell(`Stepping through ${gone.message.method} to ${gone.message.to} ended: ${why}.`);
    },
    takeStop,
  };
};

/** Another world may have a session of the same number. */
const isSameSession = (left: DebugStop, right: DebugStop): boolean =>
  left.session === right.session && left.message.id === right.message.id;

const noFrame: DebugFrame = { index: 0, place: null };

/** Library code that goes deeper than this is left alone. */
const mostCallsToLookAt = 20;
