/** Everything about the selected message, each part read when it is first shown. */
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { ReceiptDetail } from '../../../core/studio/protocol/world';
import { useActions, usePast, useStudio, useStudioContext } from '../../store/context';
import { useAnswer } from '../../store/past/use-answer';
import { EmptyState } from '../../ui/EmptyState';
import { FaultView } from '../../ui/FaultView';
import { IconButton } from '../../ui/IconButton';
import { Progress } from '../../ui/Progress';
import { type Tab, Tabs } from '../../ui/Tabs';
import { debugKeys } from '../../ui/debug-keys';
import { CallSection } from './CallSection';
import { ChangesSection } from './ChangesSection';
import { EnvironmentSection } from './EnvironmentSection';
import { ImportsSection } from './ImportsSection';
import { LogsSection } from './LogsSection';
import { OutcomeSection } from './OutcomeSection';
import { SendsSection } from './SendsSection';
import { stepReceipt } from './step-receipt';
import './inspector.css';

type SectionId = 'call' | 'outcome' | 'imports' | 'environment' | 'changes' | 'sends' | 'logs';

export default function InspectorPanel() {
  const { store } = useStudioContext();
  const receipt = useStudio((studio) => studio.receipt);
  const [section, setSection] = useState<SectionId>('call');
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : null;
    if (step === null || !event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    stepReceipt(store, step);
  };
  return (
    <div className="inspector" tabIndex={-1} onKeyDown={onKeyDown}>
      {receipt === null ? (
        <EmptyState icon="inspect" title="No message selected">
          Choose a message in the timeline to see its call, its outcome, its import calls and what it changed.
        </EmptyState>
      ) : (
        <Inspection receipt={receipt} section={section} onSection={setSection} />
      )}
    </div>
  );
}

interface InspectionProps {
  readonly receipt: number;
  readonly section: SectionId;
  readonly onSection: (section: SectionId) => void;
}

function Inspection({ receipt, section, onSection }: InspectionProps) {
  const { store } = useStudioContext();
  const past = usePast();
  const answer = useAnswer(past.receipt, receipt);
  const body = useRef<HTMLDivElement>(null);
  // Another message or another part begins at its top.
  useEffect(() => {
    if (body.current !== null) body.current.scrollTop = 0;
  }, [receipt, section]);
  const detail = answer.state === 'ready' ? answer.value : null;
  useKernelOfMessage(detail);
  return (
    <>
      <header className="inspector-head">
        <div className="inspector-title">
          <span className="quiet mono">{`#${receipt}`}</span>
          {detail !== null && <MessageTitle detail={detail} />}
        </div>
        {detail !== null && detail.code !== null && <StepThrough receipt={receipt} />}
        {detail?.row.from === null && <SendAgain detail={detail} />}
        <IconButton
          icon="arrow-up"
          label="Previous message"
          keys="Alt+ArrowUp"
          onClick={() => stepReceipt(store, -1)}
        />
        <IconButton
          icon="arrow-down"
          label="Next message"
          keys="Alt+ArrowDown"
          onClick={() => stepReceipt(store, 1)}
        />
      </header>
      <Tabs label="Message" tabs={sectionTabs(detail)} active={section} onChange={onSection} />
      <div ref={body} className="inspector-body" role="tabpanel" aria-label={section}>
        {answer.state === 'loading' && <Progress label={`Message ${receipt}: loading`} />}
        {answer.state === 'failed' && (
          <FaultView
            what={`Message ${receipt} could not be read.`}
            fault={answer.fault}
            onRetry={() => past.receipt.retry(receipt)}
          />
        )}
        {detail !== null && <Section key={section} section={section} detail={detail} />}
      </div>
    </>
  );
}

/** The kernel of a message is selected with it, also where only the message's number was known. */
function useKernelOfMessage(detail: ReceiptDetail | null): void {
  const { selectReceipt } = useActions();
  const index = detail?.row.index ?? null;
  const to = detail?.row.to;
  useEffect(() => {
    if (index !== null && to !== undefined) selectReceipt(index, to);
  }, [index, to, selectReceipt]);
}

const MessageTitle = ({ detail: { row } }: { detail: ReceiptDetail }) => (
  <>
    <span className="mono">{row.method}</span>
    <span className="quiet">{' to '}</span>
    {row.to}
    <span className={`outcome-badge badge-${row.outcome}`}>{row.outcome}</span>
  </>
);

function StepThrough({ receipt }: { receipt: number }) {
  const by = useStudio(({ debugBy }) => debugBy);
  const { openDebug } = useActions();
  return (
    <IconButton
      icon="debug-alt"
      label="Step through this message"
      keys={debugKeys.open}
      onClick={() => void openDebug(receipt, { kind: 'start', by })}
    />
  );
}

function SendAgain({ detail }: { detail: ReceiptDetail }) {
  const { compose } = useActions();
  const { row, args } = detail;
  return (
    <IconButton
      icon="send"
      label="Write this signal again"
      onClick={() => compose({ to: row.to, method: row.method, args: args.map(({ value }) => value) })}
    />
  );
}

function sectionTabs(detail: ReceiptDetail | null): readonly Tab<SectionId>[] {
  const counted = (count: number | undefined) => (count === undefined || count === 0 ? {} : { badge: count });
  return [
    { id: 'call', title: 'Call' },
    { id: 'outcome', title: 'Outcome' },
    { id: 'imports', title: 'Imports' },
    { id: 'changes', title: 'Changes' },
    { id: 'sends', title: 'Sends', ...counted(detail?.sendsTotal) },
    { id: 'logs', title: 'Logs', ...counted(detail?.logsTotal) },
    { id: 'environment', title: 'Environment' },
  ];
}

function Section({ section, detail }: { section: SectionId; detail: ReceiptDetail }) {
  switch (section) {
    case 'call':
      return <CallSection detail={detail} />;
    case 'outcome':
      return <OutcomeSection detail={detail} />;
    case 'imports':
      return <ImportsSection detail={detail} />;
    case 'environment':
      return <EnvironmentSection detail={detail} />;
    case 'changes':
      return <ChangesSection detail={detail} />;
    case 'sends':
      return <SendsSection detail={detail} />;
    case 'logs':
      return <LogsSection detail={detail} />;
  }
}
