/** Every message that was delivered, oldest first, as its receipt. Only the rows on the screen are read. */
import { type KeyboardEvent, type UIEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { ReceiptRow } from '../../../core/studio/protocol/world';
import { PagedListView } from '../../lists/PagedListView';
import type { PagedList } from '../../lists/paged-list';
import { useActions, useClient, useStudio } from '../../store/context';
import { EmptyState } from '../../ui/EmptyState';
import { IconButton } from '../../ui/IconButton';
import { Menu, type MenuItem, type MenuPlace } from '../../ui/Menu';
import { debugKeys } from '../../ui/debug-keys';
import { ReceiptLine } from './ReceiptLine';
import { createReceiptList } from './receipts';
import './timeline.css';

export default function TimelinePanel() {
  const list = useReceipts();
  const client = useClient();
  const selected = useStudio((studio) => studio.receipt);
  const total = useStudio(({ world }) => world?.length ?? 0);
  const pending = useStudio(({ world }) => world?.pending ?? 0);
  const { selectReceipt, notify, notifyFault } = useActions();
  const follow = useFollow();
  const [menu, setMenu] = useState<{ readonly index: number; readonly place: MenuPlace } | null>(null);

  const select = (index: number): void => {
    follow.set(false);
    selectReceipt(index, list.row(index)?.to);
  };
  const jumpToLatest = (): void => {
    if (total === 0) return;
    selectReceipt(total - 1, list.row(total - 1)?.to);
    follow.set(true);
  };
  const goToCause = (): void => {
    const row = selected === null ? undefined : list.row(selected);
    if (row === undefined) return;
    if (row.cause === null)
      notify({ kind: 'info', text: `#${row.index} is a signal: nothing in the world caused it.` });
    else select(row.cause);
  };
  const goToSent = async (): Promise<void> => {
    if (selected === null) return;
    const detail = await client.call('world.receipt', { index: selected });
    if (!detail.ok) {
      notifyFault(`What #${selected} sent could not be read`, detail.error);
      return;
    }
    const sent = detail.value.sends.find(({ receipt }) => receipt !== null);
    if (sent !== undefined && sent.receipt !== null) select(sent.receipt);
    else notify({ kind: 'info', text: `#${selected} sent no message that was delivered.` });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'ArrowLeft') goToCause();
    else if (event.key === 'ArrowRight') void goToSent();
    else if (event.key === 'End') jumpToLatest();
    else return;
    event.preventDefault();
  };

  return (
    <div className="timeline">
      <div className="timeline-bar" role="toolbar" aria-label="Timeline">
        <span className="timeline-count">
          {`${total.toLocaleString('en')} message${total === 1 ? '' : 's'}`}
          {pending > 0 && <span className="quiet">{`, ${pending.toLocaleString('en')} on their way`}</span>}
        </span>
        <IconButton
          icon="reply"
          label="Go to cause"
          keys="ArrowLeft"
          disabled={selected === null}
          onClick={goToCause}
        />
        <IconButton
          icon="forward"
          label="Go to what it sent"
          keys="ArrowRight"
          disabled={selected === null}
          onClick={() => void goToSent()}
        />
        <IconButton
          icon="fold-down"
          label="Jump to latest"
          keys="End"
          disabled={total === 0}
          onClick={jumpToLatest}
        />
        <IconButton
          icon="pinned"
          label="Follow new messages"
          pressed={follow.on}
          onClick={() => follow.set(!follow.on)}
        />
      </div>
      <TimelineHead />
      <div className="timeline-rows" onScrollCapture={follow.onScroll}>
        <PagedListView
          list={list}
          label="Messages"
          active={selected}
          onActive={select}
          onContextMenu={(index, event) => {
            event.preventDefault();
            select(index);
            setMenu({ index, place: { x: event.clientX, y: event.clientY } });
          }}
          onKeyDown={onKeyDown}
          followEnd={follow.on}
          renderRow={(row) => <ReceiptLine row={row} />}
          empty={
            <EmptyState icon="list-tree" title="No messages yet">
              Send a signal: it and every message that follows from it appear here.
            </EmptyState>
          }
        />
      </div>
      {menu !== null && (
        <ReceiptMenu
          index={menu.index}
          trapped={list.row(menu.index)?.outcome === 'trap'}
          place={menu.place}
          onClose={() => setMenu(null)}
        />
      )}
    </div>
  );
}

interface ReceiptMenuProps {
  readonly index: number;
  readonly trapped: boolean;
  readonly place: MenuPlace;
  readonly onClose: () => void;
}

function ReceiptMenu({ index, trapped, place, onClose }: ReceiptMenuProps) {
  const by = useStudio(({ debugBy }) => debugBy);
  const { openDebug, showPanel } = useActions();
  const items: readonly MenuItem[] = [
    { label: 'Show in the inspector', icon: 'inspect', run: () => showPanel('inspector') },
    {
      label: 'Step through',
      icon: 'debug-alt',
      keys: debugKeys.open,
      run: () => void openDebug(index, { kind: 'start', by }),
    },
    ...(trapped
      ? [
          {
            label: 'Go to the instant before the trap',
            icon: 'error',
            keys: debugKeys.beforeTrap,
            run: () => void openDebug(index, { kind: 'trap' }),
          },
        ]
      : []),
  ];
  return <Menu label={`Message #${index}`} place={place} items={items} onClose={onClose} />;
}

const TimelineHead = () => (
  <div className="timeline-head" aria-hidden>
    <div className="timeline-columns">
      <span className="receipt-index">#</span>
      <span className="receipt-route">from → to</span>
      <span className="receipt-call">message</span>
      <span className="receipt-outcome">outcome</span>
      <span className="receipt-gas">gas</span>
      <span className="receipt-sends">sends</span>
      <span className="receipt-changed">state</span>
    </div>
  </div>
);

/** Grows with the world. */
function useReceipts(): PagedList<ReceiptRow> {
  const client = useClient();
  const total = useStudio(({ world }) => world?.length ?? null);
  const epoch = useStudio((studio) => studio.epoch);
  const list = useMemo(
    () =>
      createReceiptList(({ start, count }, signal) =>
        client.call('world.receipts', { start, count }, signal),
      ),
    [client],
  );
  useEffect(() => () => list.dispose(), [list]);
  useEffect(() => {
    if (total !== null) list.grow(total);
  }, [list, total]);
  useEffect(() => list.refresh(), [list, epoch]);
  return list;
}

/** On at first; off when the user scrolls up or selects; on again when they scroll to the end. */
function useFollow() {
  const [on, set] = useState(true);
  const lastTop = useRef(0);
  const onScroll = ({ target }: UIEvent): void => {
    if (!(target instanceof HTMLElement)) return;
    const { scrollTop, scrollHeight, clientHeight } = target;
    if (scrollTop < lastTop.current) set(false);
    else if (scrollTop > lastTop.current && scrollHeight - scrollTop - clientHeight < 2) set(true);
    lastTop.current = scrollTop;
  };
  return { on, set, onScroll };
}
