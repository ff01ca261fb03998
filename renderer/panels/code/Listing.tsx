/** One function, an instruction a line. The one that is next is marked; another can be run to. */
import { type KeyboardEvent, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { StudioReturns } from '../../../core/studio/protocol/studio';
import { PagedListView } from '../../lists/PagedListView';
import { type PagedList, createPagedList } from '../../lists/paged-list';
import { useActions, useClient, useStudio } from '../../store/context';
import { isAtInstruction } from '../../store/debug/breakpoints';
import { Icon } from '../../ui/Icon';
import { Menu, type MenuPlace } from '../../ui/Menu';
import { backward, debugKeys } from '../../ui/debug-keys';
import { SourceText } from './SourceText';

export type CodeLine = StudioReturns<'debug.disassembly'>['rows'][number];

interface ListingProps {
  readonly code: string;
  /** Of the function. */
  readonly index: number;
}

export function Listing({ code, index }: ListingProps) {
  const list = useListing(code, index);
  useSyncExternalStore(list.subscribe, list.revision);
  const current = useCurrentLine(code, index);
  const [chosen, setChosen] = useState<{ readonly at: number | null; readonly line: number } | null>(null);
  const active = chosen !== null && chosen.at === current ? chosen.line : current;
  const [menu, setMenu] = useState<{ readonly offset: number; readonly place: MenuPlace } | null>(null);
  const { setCodeCursor, moveDebug } = useActions();

  const choose = (line: number): void => {
    setChosen({ at: current, line });
    const row = list.row(line);
    setCodeCursor(row?.stops === true ? row.offset : null);
  };
  const runTo = (line: number | null, back: boolean): void => {
    const row = line === null ? undefined : list.row(line);
    if (row?.stops === true)
      moveDebug({ kind: 'to cursor', at: { kind: 'offset', offset: row.offset }, back });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !event.shiftKey) return;
    event.preventDefault();
    runTo(active, true);
  };
  return (
    <div className="code-listing">
      <PagedListView
        list={list}
        label="Instructions"
        active={active}
        margin={4}
        onActive={choose}
        onOpen={(line) => runTo(line, false)}
        onKeyDown={onKeyDown}
        onContextMenu={(line, event) => {
          const row = list.row(line);
          if (row?.stops !== true) return;
          event.preventDefault();
          setMenu({ offset: row.offset, place: { x: event.clientX, y: event.clientY } });
        }}
        renderRow={(row, line) => <InstructionLine code={code} row={row} isCurrent={line === current} />}
        empty={<p className="quiet">The function is empty.</p>}
      />
      {menu !== null && (
        <InstructionMenu offset={menu.offset} place={menu.place} onClose={() => setMenu(null)} />
      )}
    </div>
  );
}

interface InstructionMenuProps {
  readonly offset: number;
  readonly place: MenuPlace;
  readonly onClose: () => void;
}

function InstructionMenu({ offset, place, onClose }: InstructionMenuProps) {
  const { moveDebug, toggleBreakpoint } = useActions();
  const at = { kind: 'offset', offset } as const;
  return (
    <Menu
      label={`Instruction 0x${offset.toString(16)}`}
      place={place}
      onClose={onClose}
      items={[
        {
          label: 'Set or remove a breakpoint',
          icon: 'debug-breakpoint',
          keys: debugKeys.breakpoint,
          run: () => toggleBreakpoint(at),
        },
        {
          label: 'Run to here',
          icon: 'arrow-circle-right',
          keys: debugKeys.cursor,
          run: () => moveDebug({ kind: 'to cursor', at, back: false }),
        },
        {
          label: 'Run back to here',
          icon: 'arrow-circle-left',
          keys: backward(debugKeys.cursor),
          run: () => moveDebug({ kind: 'to cursor', at, back: true }),
        },
      ]}
    />
  );
}

interface InstructionLineProps {
  readonly code: string;
  readonly row: CodeLine;
  readonly isCurrent: boolean;
}

function InstructionLine({ code, row, isCurrent }: InstructionLineProps) {
  const { offset, indent, text, stops, source } = row;
  const isBreakpoint = useStudio(
    ({ breakpoints }) => stops && breakpoints.some((each) => isAtInstruction(each, code, offset)),
  );
  return (
    <span className={`code-line${isCurrent ? ' is-current' : ''}${stops ? '' : ' is-structure'}`}>
      <span className="code-gutter">
        {isBreakpoint && <Icon name="circle-filled" className="code-breakpoint" />}
        {isBreakpoint && <span className="visually-hidden">breakpoint</span>}
        {isCurrent && <Icon name="debug-stackframe" />}
        {isCurrent && <span className="visually-hidden">next</span>}
      </span>
      <span className="code-offset">{offset.toString(16).padStart(4, '0')}</span>
      <span className="code-text" style={{ paddingInlineStart: `${indent * 2}ch` }}>
        {text}
      </span>
      {source !== null && <SourceText code={code} file={source.file} line={source.line} />}
    </span>
  );
}

function useListing(code: string, index: number): PagedList<CodeLine> {
  const client = useClient();
  const list = useMemo(
    () =>
      createPagedList<CodeLine>({
        readPage: ({ start, count }, signal) =>
          client.call('debug.disassembly', { code, function: index, start, count }, signal),
      }),
    [client, code, index],
  );
  useEffect(() => () => list.dispose(), [list]);
  return list;
}

/** The line of the instruction at which the chosen call stands; `null` when that is in another function. */
function useCurrentLine(code: string, index: number): number | null {
  const client = useClient();
  const place = useStudio(({ debugFrame }) => debugFrame.place);
  const offset = place !== null && place.function === index ? place.offset : null;
  const [found, setFound] = useState<number | null>(null);
  useEffect(() => {
    if (offset === null) return undefined;
    const asking = new AbortController();
    void client
      .call('debug.lineOf', { code, function: index, offset }, asking.signal)
      .then((answer) => (answer.ok ? setFound(answer.value.line) : undefined));
    return () => asking.abort();
  }, [client, code, index, offset]);
  return offset === null ? null : found;
}
