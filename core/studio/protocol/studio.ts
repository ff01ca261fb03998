/** The one protocol between a window and its host. */
import { branchProtocol } from './branch';
import type { CallNames, EventNames, Params, Returns } from './declare';
import { debugProtocol } from './debug';
import { debugBreakpointsProtocol } from './debug-breakpoints';
import { debugCodeProtocol } from './debug-code';
import { debugQuestionsProtocol } from './debug-questions';
import { historyProtocol } from './history';
import { scheduleProtocol } from './schedule';
import { stateProtocol } from './state';
import { workspaceProtocol } from './workspace';
import { worldProtocol } from './world';

/** What the thread of the world answers. */
export const worldThreadProtocol = {
  ...worldProtocol,
  ...stateProtocol,
  ...scheduleProtocol,
  ...branchProtocol,
  ...historyProtocol,
  ...debugProtocol,
  ...debugCodeProtocol,
  ...debugQuestionsProtocol,
  ...debugBreakpointsProtocol,
};

export const studioProtocol = { ...workspaceProtocol, ...worldThreadProtocol };

export type StudioProtocol = typeof studioProtocol;
export type StudioCall = CallNames<StudioProtocol>;
export type StudioEvent = EventNames<StudioProtocol>;
export type StudioParams<Name extends StudioCall> = Params<StudioProtocol, Name>;
export type StudioReturns<Name extends StudioCall> = Returns<StudioProtocol, Name>;
