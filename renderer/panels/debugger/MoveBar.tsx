/** Every move by a button that stays where it is: back to the left, on to the right, and the pause between them. */
import { useActions, useStudio } from '../../store/context';
import { IconButton } from '../../ui/IconButton';
import { backward, debugKeys } from '../../ui/debug-keys';
import { withKeys } from '../../ui/keys';
import { GoalField } from './GoalField';
import { SessionChoice } from './SessionChoice';

export function MoveBar() {
  const by = useStudio(({ debugBy }) => debugBy);
  const { moveDebug, pauseDebug, closeDebug } = useActions();
  return (
    <>
      <div className="debugger-moves" role="toolbar" aria-label="Moves">
        <Direction back />
        <IconButton icon="debug-pause" label="Pause" keys={debugKeys.pause} onClick={pauseDebug} />
        <Direction back={false} />
        <span className="debugger-gap" />
        <IconButton
          icon="debug-restart"
          label="Restart the message"
          keys={debugKeys.restart}
          onClick={() => moveDebug({ kind: 'restart', by })}
        />
        <IconButton icon="pass" label="Go to the end" onClick={() => moveDebug({ kind: 'to end' })} />
        <IconButton icon="debug-stop" label="Stop stepping" keys={debugKeys.close} onClick={closeDebug} />
      </div>
      <div className="debugger-moves">
        <GranularityChoice />
        <Times />
        <GoalField />
        <SessionChoice />
      </div>
    </>
  );
}

interface Named {
  readonly on: string;
  readonly back: string;
}

const names: Readonly<Record<'in' | 'over' | 'out' | 'continue' | 'cursor', Named>> = {
  in: { on: 'Step in', back: 'Step back in' },
  over: { on: 'Step over', back: 'Step back over' },
  out: { on: 'Step out', back: 'Step back out' },
  continue: { on: 'Continue', back: 'Continue backward' },
  cursor: { on: 'Run to the cursor', back: 'Run back to the cursor' },
};

/** The moves of one direction, the mirror image of the other's. */
function Direction({ back }: { back: boolean }) {
  const { stepDebug, moveDebug, runToCursor } = useActions();
  const button = (name: keyof typeof names, icon: string, run: () => void) => (
    <IconButton
      key={name}
      icon={icon}
      label={back ? names[name].back : names[name].on}
      keys={back ? backward(debugKeys[name]) : debugKeys[name]}
      onClick={run}
    />
  );
  const buttons = [
    button('in', 'debug-step-into', () => stepDebug('in', back)),
    button('over', 'debug-step-over', () => stepDebug('over', back)),
    button('out', 'debug-step-out', () => stepDebug('out', back)),
    button('cursor', 'arrow-circle-right', () => runToCursor(back)),
    button('continue', 'debug-continue', () => moveDebug({ kind: 'continue', back })),
  ];
  return (
    <span
      className={`debugger-direction${back ? ' is-back' : ''}`}
      role="group"
      aria-label={back ? 'Back' : 'On'}
    >
      {back ? buttons.toReversed() : buttons}
    </span>
  );
}

function GranularityChoice() {
  const by = useStudio(({ debugBy }) => debugBy);
  const { setDebugBy } = useActions();
  return (
    <div
      className="data-views"
      role="group"
      aria-label="Steps by"
      title={withKeys('What a step is', debugKeys.granularity)}
    >
      <button type="button" aria-pressed={by === 'line'} onClick={() => setDebugBy('line')}>
        Line
      </button>
      <button type="button" aria-pressed={by === 'instruction'} onClick={() => setDebugBy('instruction')}>
        Instruction
      </button>
    </div>
  );
}

/** How many steps the next step is. */
function Times() {
  const times = useStudio(({ debugTimes }) => debugTimes);
  return (
    <span
      className={`debugger-times${times === null ? '' : ' is-set'}`}
      role="status"
      aria-label="Steps at once"
      title="Type a number in this panel, then step: 1 0 and a step are ten steps"
    >
      {`× ${(times ?? 1).toLocaleString('en')}`}
    </span>
  );
}
