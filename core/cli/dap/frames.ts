/**
 * The call stack: the calls that are on, then the message that they are for and those that led to it, down to the step
 * of the scenario that sent the first.
 */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { isLibrary } from '../../debugger/lines';
import type { Playback } from '../../debugger/playback';
import type { CodePosition } from '../../environment/outcome';
import { plainStyle } from '../terminal';
import { callToText } from '../run-text';
import { functionName } from './codes';
import type { Debuggee, TakenMessage } from './launch';
import type { Target } from './target';

type Frame = DebugProtocol.StackFrame;

/** Frames from the innermost on; their ids are their places, from 1. */
export function stackFrames(
  target: Target,
  { first, count }: { readonly first: number; readonly count: number },
): { readonly stackFrames: Frame[]; readonly totalFrames: number } {
  const { playback, debuggee } = target;
  const depth = callsOn(playback);
  const calls = playback.session
    .frames(first, Math.min(count, Math.max(0, depth - first)))
    .map((position) => callToFrame(position, target));
  const chain = messagesTo(playback.index, debuggee);
  const below = [...chain.map(messageToFrame), ...stepToFrame(chain.at(-1), target)];
  const from = Math.max(0, first - depth);
  const rest = below.slice(from, Math.max(from, first + count - depth));
  return {
    stackFrames: [...calls, ...rest].map((frame, place) => ({ ...frame, id: first + place + 1 })),
    totalFrames: depth + below.length,
  };
}

/** Calls that are on; none at the end of a message. */
export const callsOn = ({ session }: Playback): number => (isAtEnd(session) ? 0 : session.position().depth);

export const isAtEnd = ({ end, timeline }: Playback['session']): boolean =>
  end !== null && timeline.count === end.count;

type FrameRow = Omit<Frame, 'id'>;

function callToFrame(position: CodePosition, { code, codes, sources }: Target): FrameRow {
  const { function: index, offset } = position;
  const place = code.code.lines?.sourceOf(index, offset) ?? null;
  return {
    name: functionName(code, index),
    ...(place === null ? sources.inText(code, position) : sources.inSource(code, place)),
    instructionPointerReference: codes.addressOf(code, offset),
    ...(place !== null && isLibrary(place.file) ? { presentationHint: 'subtle' as const } : {}),
  };
}

/** The message of a receipt, the one whose run sent it, and so on. */
function messagesTo(index: number, { messageOf }: Debuggee): readonly TakenMessage[] {
  const chain: TakenMessage[] = [];
  for (let message = messageOf(index); message !== null; message = causeOf(message, messageOf)) {
    chain.push(message);
  }
  return chain;
}

const causeOf = ({ receipt }: TakenMessage, messageOf: Debuggee['messageOf']): TakenMessage | null =>
  receipt.cause === null ? null : messageOf(receipt.cause);

const messageToFrame = (message: TakenMessage): FrameRow => ({
  name: callToText(message, plainStyle),
  line: 0,
  column: 0,
  presentationHint: 'label',
});

function stepToFrame(signal: TakenMessage | undefined, { sources }: Target): readonly FrameRow[] {
  if (signal === undefined) return [];
  const { index, position } = signal.step;
  const { file = '', line = 1, column = 1 } = position;
  return [{ name: `step ${index + 1}`, ...sources.inFile(file, line, column), presentationHint: 'subtle' }];
}
