import type { StudioState } from '../../store/studio';
import { backward, debugKeys } from '../../ui/debug-keys';
import type { CommandMeta, PanelMeta } from '../panel-meta';

const command = (
  id: string,
  title: string,
  run: (state: StudioState) => unknown,
  keys?: string,
): CommandMeta => ({
  id: `debugger.${id}`,
  title: `Debugger: ${title}`,
  ...(keys === undefined ? {} : { keys }),
  run: ({ store }) => void run(store.getState()),
});

export const debuggerPanel: PanelMeta = {
  id: 'debugger',
  title: 'Debugger',
  icon: 'debug-alt',
  place: 'right',
  keys: '$mod+Shift+D',
  commands: [
    command(
      'open',
      'Step Through the Selected Message',
      (state) => state.openDebug(state.receipt, { kind: 'start', by: state.debugBy }),
      debugKeys.open,
    ),
    command(
      'beforeTrap',
      'Go to the Instant Before the Trap',
      (state) => state.goBeforeTrap(),
      debugKeys.beforeTrap,
    ),
    command('in', 'Step In', (state) => state.stepDebug('in', false), debugKeys.in),
    command('over', 'Step Over', (state) => state.stepDebug('over', false), debugKeys.over),
    command('out', 'Step Out', (state) => state.stepDebug('out', false), debugKeys.out),
    command(
      'continue',
      'Continue',
      (state) => state.moveDebug({ kind: 'continue', back: false }),
      debugKeys.continue,
    ),
    command('cursor', 'Run to the Cursor', (state) => state.runToCursor(false), debugKeys.cursor),
    command('inBack', 'Step Back In', (state) => state.stepDebug('in', true), backward(debugKeys.in)),
    command('overBack', 'Step Back Over', (state) => state.stepDebug('over', true), backward(debugKeys.over)),
    command('outBack', 'Step Back Out', (state) => state.stepDebug('out', true), backward(debugKeys.out)),
    command(
      'continueBack',
      'Continue Backward',
      (state) => state.moveDebug({ kind: 'continue', back: true }),
      backward(debugKeys.continue),
    ),
    command(
      'cursorBack',
      'Run Back to the Cursor',
      (state) => state.runToCursor(true),
      backward(debugKeys.cursor),
    ),
    command('pause', 'Pause', (state) => state.pauseDebug(), debugKeys.pause),
    command(
      'restart',
      'Restart the Message',
      (state) => state.moveDebug({ kind: 'restart', by: state.debugBy }),
      debugKeys.restart,
    ),
    command('end', 'Go to the End', (state) => state.moveDebug({ kind: 'to end' })),
    command(
      'granularity',
      'Step by Line, or by Instruction',
      (state) => state.setDebugBy(state.debugBy === 'line' ? 'instruction' : 'line'),
      debugKeys.granularity,
    ),
    command('goTo', 'Go to an Instruction or a Pass…', (state) => state.askForGoal(), debugKeys.goTo),
    command('undo', 'Undo the Last Change by Hand', (state) => state.undoEdit()),
    command('fork', 'Go On as a Branch…', (state) => state.askForFork()),
    command('close', 'Stop Stepping', (state) => state.closeDebug(), debugKeys.close),
    command('drop', 'Drop the Held Message', (state) => state.dropHeld()),
  ],
  localKeys: [
    { keys: '0…9', does: 'How many steps the next step is' },
    { keys: 'Escape', does: 'One step again' },
    { keys: 'KeyH', does: 'When did the chosen value change, or a watch at each pass' },
    { keys: 'Enter', does: 'Changes the chosen value, or the bytes at the cursor: what would have been?' },
    { keys: 'KeyU', does: 'Undoes the change by hand of the chosen value or byte' },
    { keys: 'KeyW', does: 'In the memory: goes to the last write of the byte' },
    { keys: 'KeyA', does: 'On an import call: answers it by hand' },
    { keys: 'Delete', does: 'Takes a watch away' },
    { keys: 'Shift+ArrowRight', does: 'On the line of the message: one instruction on' },
  ],
  load: () => import('./Panel'),
};
