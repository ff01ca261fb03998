/** The session in front: its moves, where it stands, and all that is to be seen there. */
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useMemo, useState } from 'react';
import { useActions, useStudio, useStudioContext } from '../../store/context';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { Progress } from '../../ui/Progress';
import { type Tab, Tabs } from '../../ui/Tabs';
import { debugKeys } from '../../ui/debug-keys';
import { isMac, keysToText } from '../../ui/keys';
import { Course } from './Course';
import { EnvironmentTab } from './EnvironmentTab';
import { ImportsTab } from './ImportsTab';
import { LogsTab } from './LogsTab';
import { MemoryTab } from './MemoryTab';
import { MoveBar } from './MoveBar';
import { PastTab } from './PastTab';
import { SendsTab } from './SendsTab';
import { StateTab } from './StateTab';
import { TrapTab } from './TrapTab';
import { ValuesTab } from './ValuesTab';
import { Whereabouts } from './Whereabouts';
import {
  type DebuggerMemory,
  MemoryProvider,
  type TabId,
  memoryName,
  plainToMemory,
  useMemory,
} from './memory';
import type { Question } from './question';
import { timesAfterKey } from './times-key';
import './debugger.css';

export default function DebuggerPanel() {
  const hasSession = useStudio(({ debugStop }) => debugStop !== null);
  const opening = useStudio(({ debugOpening }) => debugOpening);
  const times = useStudio(({ debugTimes }) => debugTimes);
  const { setDebugTimes } = useActions();
  const remembered = useRemembered();
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.target instanceof HTMLInputElement) return;
    const next = timesAfterKey(event, times);
    if (next === times) return;
    event.preventDefault();
    setDebugTimes(next);
  };
  return (
    <div className="debugger" tabIndex={-1} data-autofocus onKeyDown={onKeyDown}>
      {opening !== null && <Progress label={`Message ${opening}: opening`} />}
      <MemoryProvider value={remembered}>
        {hasSession ? <SessionView /> : <NoSession opening={opening} />}
      </MemoryProvider>
    </div>
  );
}

/** Kept with the window. */
function useRemembered() {
  const { store } = useStudioContext();
  const { rememberPanel } = useActions();
  const [memory, setMemory] = useState(() => plainToMemory(store.getState().panelMemories[memoryName]?.()));
  const remember = useCallback(
    (part: Partial<DebuggerMemory>) => setMemory((before) => ({ ...before, ...part })),
    [],
  );
  useEffect(() => rememberPanel(memoryName, () => memory), [rememberPanel, memory]);
  const [question, setQuestion] = useState<Question | null>(null);
  const askPast = useCallback(
    (next: Question) => {
      setQuestion(next);
      remember({ tab: 'past' });
    },
    [remember],
  );
  return useMemo(() => ({ memory, remember, question, askPast }), [memory, remember, question, askPast]);
}

function NoSession({ opening }: { opening: number | null }) {
  const receipt = useStudio((studio) => studio.receipt);
  const by = useStudio(({ debugBy }) => debugBy);
  const { openDebug, pauseDebug } = useActions();
  if (opening !== null) {
    return (
      <EmptyState icon="debug-alt" title={`Opening message #${opening}`}>
        <Button icon="close" keys={debugKeys.pause} onClick={pauseDebug}>
          Cancel
        </Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState icon="debug-alt" title="No message is stepped through">
      <span>
        {receipt === null
          ? `Choose a message in the timeline and press ${keysToText(debugKeys.open, isMac())}: its code runs again, step by step, forward and backward.`
          : 'Its code runs again from what it was given, step by step, forward and backward.'}
      </span>
      {receipt !== null && (
        <Button
          kind="primary"
          icon="debug-alt"
          keys={debugKeys.open}
          onClick={() => void openDebug(receipt, { kind: 'start', by })}
        >
          {`Step through #${receipt}`}
        </Button>
      )}
    </EmptyState>
  );
}

const tabs: readonly Tab<TabId>[] = [
  { id: 'values', title: 'Values' },
  { id: 'memory', title: 'Memory' },
  { id: 'state', title: 'State' },
  { id: 'imports', title: 'Imports' },
  { id: 'sends', title: 'Sends' },
  { id: 'logs', title: 'Logs' },
  { id: 'environment', title: 'Environment' },
  { id: 'trap', title: 'Trap' },
  { id: 'past', title: 'Past' },
];

const views: Readonly<Record<TabId, () => ReactNode>> = {
  values: ValuesTab,
  memory: MemoryTab,
  state: StateTab,
  imports: ImportsTab,
  sends: SendsTab,
  logs: LogsTab,
  environment: EnvironmentTab,
  trap: TrapTab,
  past: PastTab,
};

function SessionView() {
  const {
    memory: { tab },
    remember,
  } = useMemory();
  const session = useStudio(({ debugStop }) => debugStop?.session);
  const isAtTrap = useStudio(({ debugStop }) => debugStop?.reason.kind === 'trap');
  // A session that begins at a trap is about it.
  useEffect(() => {
    if (isAtTrap) remember({ tab: 'trap' });
    // eslint-disable-next-line react/exhaustive-deps -- only when the session begins
  }, [session]);
  const View = views[tab];
  return (
    <>
      <MoveBar />
      <Course />
      <Whereabouts />
      <Tabs label="At this stop" tabs={tabs} active={tab} onChange={(next) => remember({ tab: next })} />
      <div className="debugger-body" role="tabpanel" aria-label={tab}>
        <View />
      </div>
    </>
  );
}
