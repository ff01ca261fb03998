/** A paged list on the screen: rows that have not come yet stand as faint bars, so that nothing moves when they do. */
import { type KeyboardEvent, type MouseEvent, type ReactNode, useSyncExternalStore } from 'react';
import { FaultView } from '../ui/FaultView';
import { Progress } from '../ui/Progress';
import type { PagedList } from './paged-list';
import { VirtualList } from './VirtualList';

interface PagedListViewProps<Row> {
  readonly list: PagedList<Row>;
  readonly label: string;
  readonly active: number | null;
  readonly onActive: (index: number) => void;
  readonly onOpen?: (index: number) => void;
  readonly onContextMenu?: (index: number, event: MouseEvent) => void;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  readonly renderRow: (row: Row, index: number) => ReactNode;
  readonly rowHeight?: number;
  readonly followEnd?: boolean;
  /** Rows to see on either side of the active one. */
  readonly margin?: number;
  /** In place of the list when there are no rows. */
  readonly empty: ReactNode;
}

export function PagedListView<Row>({ list, renderRow, empty, ...rest }: PagedListViewProps<Row>) {
  useSyncExternalStore(list.subscribe, list.revision);
  const fault = list.fault();
  if (list.known() && list.total() === 0 && fault === null) return empty;
  return (
    <div className="paged-list">
      {fault !== null && <FaultView fault={fault} onRetry={list.refresh} />}
      {!list.known() && fault === null && <Progress label={`${rest.label}: loading`} />}
      <VirtualList
        {...rest}
        count={list.total()}
        // A new function with each change of the list: what is on the screen is then looked at again.
        onVisible={(first, last) => list.want(first, last)}
        renderRow={(index) => {
          const row = list.row(index);
          return row === undefined ? <span className="row-loading" /> : renderRow(row, index);
        }}
      />
    </div>
  );
}
