/** A lazily read tree on the screen. Right opens, Left closes or goes up, as in any file tree. */
import { type KeyboardEvent, type MouseEvent, type ReactNode, useSyncExternalStore } from 'react';
import { FaultView } from '../ui/FaultView';
import { Icon } from '../ui/Icon';
import { Progress } from '../ui/Progress';
import type { TreeList, TreeRow } from './tree-list';
import { VirtualList } from './VirtualList';

export type NodeRow<Node> = Extract<TreeRow<Node>, { kind: 'node' }>;

interface TreeViewProps<Node> {
  readonly tree: TreeList<Node>;
  readonly label: string;
  /** The key of the row the keyboard is at. */
  readonly active: string | null;
  readonly onActive: (row: NodeRow<Node>) => void;
  /** With it, a click on a folder opens or closes it. */
  readonly onClick?: (row: NodeRow<Node>) => void;
  /** Enter or a double click. */
  readonly onOpen?: (row: NodeRow<Node>) => void;
  readonly onContextMenu?: (row: NodeRow<Node>, event: MouseEvent) => void;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  readonly renderNode: (row: NodeRow<Node>) => ReactNode;
  readonly empty: ReactNode;
}

export function TreeView<Node>(props: TreeViewProps<Node>) {
  const { tree, label, active, onActive, onClick, onOpen, onContextMenu, renderNode, empty } = props;
  useSyncExternalStore(tree.subscribe, tree.revision);
  const fault = tree.fault();
  const count = tree.count();
  if (fault !== null && count === 0) return <FaultView fault={fault} onRetry={() => tree.refresh()} />;
  if (!tree.known()) return <Progress label={`${label}: loading`} />;
  if (count === 0) return empty;

  const activeIndex = active === null ? null : tree.indexOf(active);
  const withNode = (index: number, act: (row: NodeRow<Node>) => void): void => {
    const row = tree.row(index);
    if (row?.kind === 'node') act(row);
    else if (row?.kind === 'fault') tree.refresh();
  };
  const open = (row: NodeRow<Node>): void => {
    if (row.expandable) tree.setExpanded(row.key, !row.expanded);
    else onOpen?.(row);
  };
  const click = (row: NodeRow<Node>): void => {
    if (row.expandable) tree.setExpanded(row.key, !row.expanded);
    onClick?.(row);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    props.onKeyDown?.(event);
    if (event.defaultPrevented || activeIndex === null) return;
    const row = tree.row(activeIndex);
    if (row?.kind !== 'node') return;
    const parent = tree.parentOf(activeIndex);
    if (event.key === 'Enter') open(row);
    else if (event.key === 'ArrowRight' && row.expandable) {
      if (row.expanded) withNode(activeIndex + 1, onActive);
      else tree.setExpanded(row.key, true);
    } else if (event.key === 'ArrowLeft' && row.expanded) tree.setExpanded(row.key, false);
    else if (event.key === 'ArrowLeft' && parent !== null) withNode(parent, onActive);
    else return;
    event.preventDefault();
  };

  return (
    <VirtualList
      role="tree"
      label={label}
      count={count}
      active={activeIndex}
      onActive={(index) => withNode(index, onActive)}
      {...(onClick === undefined ? {} : { onClick: (index: number) => withNode(index, click) })}
      onOpen={(index) =>
        withNode(index, (row) => {
          // The two clicks have opened and closed a folder already.
          if (onClick === undefined || !row.expandable) open(row);
        })
      }
      {...(onContextMenu === undefined
        ? {}
        : {
            onContextMenu: (index: number, event: MouseEvent) =>
              withNode(index, (row) => onContextMenu(row, event)),
          })}
      onKeyDown={onKeyDown}
      onVisible={(first, last) => tree.want(first, last)}
      rowKey={(index) => tree.row(index)?.key ?? index}
      rowAria={(index) => {
        const row = tree.row(index);
        if (row === undefined) return {};
        return {
          'aria-level': row.depth + 1,
          ...(row.kind === 'node' && row.expandable ? { 'aria-expanded': row.expanded } : {}),
        };
      }}
      renderRow={(index) => {
        const row = tree.row(index);
        if (row === undefined) return null;
        return (
          <>
            {Array.from({ length: row.depth }, (_, level) => (
              <span key={level} className="tree-guide" />
            ))}
            {row.kind === 'node' && (
              <>
                <Twist row={row} onToggle={() => tree.setExpanded(row.key, !row.expanded)} />
                {renderNode(row)}
              </>
            )}
            {row.kind === 'loading' && <span className="row-loading" />}
            {row.kind === 'fault' && (
              <span className="tree-fault" title={row.fault.remedy}>
                <Icon name="error" /> {row.fault.message}
              </span>
            )}
          </>
        );
      }}
    />
  );
}

function Twist({ row, onToggle }: { row: NodeRow<unknown>; onToggle: () => void }) {
  if (!row.expandable) return <span className="tree-twist" />;
  return (
    <span
      className={`tree-twist codicon codicon-chevron-${row.expanded ? 'down' : 'right'}`}
      aria-hidden
      onClick={(event) => {
        event.stopPropagation();
        onToggle();
      }}
      onDoubleClick={(event) => event.stopPropagation()}
    />
  );
}
