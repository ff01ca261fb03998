/** All breakpoints; the chosen one, or a new one, in a form beside them. */
import { type KeyboardEvent, useState } from 'react';
import { VirtualList } from '../../lists/VirtualList';
import { useActions, useStudio } from '../../store/context';
import { type BreakpointRow, breakpointIcon } from '../../store/debug/breakpoints';
import { EmptyState } from '../../ui/EmptyState';
import { Icon } from '../../ui/Icon';
import { IconButton } from '../../ui/IconButton';
import { debugKeys } from '../../ui/debug-keys';
import { isMac, keysToText } from '../../ui/keys';
import { BreakpointForm } from './BreakpointForm';
import { LoggedLines } from './LoggedLines';
import { conditionWords, extraWords } from './words';
import './breakpoints.css';

export default function BreakpointsPanel() {
  const rows = useStudio(({ breakpoints }) => breakpoints);
  const { setBreakpoint, removeBreakpoints, openSource } = useActions();
  // The id of the one in the form; `null` is a new one.
  const [chosen, setChosen] = useState<number | null>(null);
  const index = rows.findIndex(({ id }) => id === chosen);
  const row = rows[index];

  const toggle = ({ id, breakpoint }: BreakpointRow): void =>
    void setBreakpoint(id, { ...breakpoint, enabled: !breakpoint.enabled });
  const remove = ({ id }: BreakpointRow): void => {
    setChosen(rows[index + 1]?.id ?? rows[index - 1]?.id ?? null);
    void removeBreakpoints([id]);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (row === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === ' ') toggle(row);
    else if (event.key === 'Delete') remove(row);
    else return;
    event.preventDefault();
  };
  return (
    <div className="breakpoints">
      <div className="breakpoints-rows">
        <div className="panel-head" role="toolbar" aria-label="Breakpoints">
          <span className="panel-head-title">
            {`${rows.length} breakpoint${rows.length === 1 ? '' : 's'}`}
          </span>
          <IconButton icon="add" label="New breakpoint" onClick={() => setChosen(null)} />
          <IconButton
            icon="trash"
            label="Remove all breakpoints"
            disabled={rows.length === 0}
            onClick={() => void removeBreakpoints(null)}
          />
        </div>
        {rows.length === 0 ? (
          <EmptyState icon="debug-breakpoint" title="No breakpoints">
            {`Click beside a line number, press ${keysToText(debugKeys.breakpoint, isMac())} on a line, or fill in the form.`}
          </EmptyState>
        ) : (
          <VirtualList
            label="Breakpoints"
            count={rows.length}
            active={index < 0 ? null : index}
            onActive={(next) => setChosen(rows[next]?.id ?? null)}
            onOpen={(opened) => {
              const line = rows[opened]?.line;
              if (line !== undefined && line !== null) openSource(line);
            }}
            onKeyDown={onKeyDown}
            rowKey={(at) => rows[at]?.id ?? at}
            renderRow={(at) => {
              const each = rows[at];
              return (
                each !== undefined && (
                  <BreakpointLine row={each} onToggle={() => toggle(each)} onRemove={() => remove(each)} />
                )
              );
            }}
          />
        )}
        <LoggedLines />
      </div>
      <BreakpointForm key={chosen ?? 'new'} row={row} onMade={setChosen} />
    </div>
  );
}

interface BreakpointLineProps {
  readonly row: BreakpointRow;
  readonly onToggle: () => void;
  readonly onRemove: () => void;
}

function BreakpointLine({ row, onToggle, onRemove }: BreakpointLineProps) {
  const { breakpoint, verified, words } = row;
  const where = conditionWords(breakpoint.on);
  return (
    <span className={`breakpoint-line${breakpoint.enabled ? '' : ' is-off'}`}>
      <input
        type="checkbox"
        aria-label={`${where} on`}
        tabIndex={-1}
        checked={breakpoint.enabled}
        onChange={onToggle}
        onClick={(event) => event.stopPropagation()}
      />
      <Icon name={breakpointIcon(row)} className="breakpoint-icon" />
      <span className="breakpoint-where mono">{where}</span>
      <span className="breakpoint-extra">{extraWords(breakpoint)}</span>
      <span className={`breakpoint-words${verified ? '' : ' is-unverified'}`} title={words ?? undefined}>
        {words ?? (verified ? '' : 'unverified')}
      </span>
      <IconButton icon="close" label={`Remove ${where}`} keys="Delete" onClick={onRemove} />
    </span>
  );
}
