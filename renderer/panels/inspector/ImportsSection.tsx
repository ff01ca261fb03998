/** The import calls of a message in order; the chosen one in full below the list. */
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { ImportCallRow, ReceiptDetail } from '../../../core/studio/protocol/world';
import { PagedListView } from '../../lists/PagedListView';
import { type PagedList, createPagedList } from '../../lists/paged-list';
import { usePast } from '../../store/context';
import type { Past } from '../../store/past/past';
import { readOnce } from '../../store/past/past-cache';
import { EmptyState } from '../../ui/EmptyState';
import { ImportDetail } from '../../ui/receipts/ImportDetail';
import { ImportLine } from '../../ui/receipts/ImportLine';

export function ImportsSection({ detail }: { detail: ReceiptDetail }) {
  const list = useImports(detail.row.index);
  const [chosen, setChosen] = useState({ receipt: detail.row.index, index: 0 });
  const index = chosen.receipt === detail.row.index ? chosen.index : 0;
  return (
    <div className="imports">
      <div className="imports-list">
        <PagedListView
          list={list}
          label="Import calls"
          active={index}
          onActive={(next) => setChosen({ receipt: detail.row.index, index: next })}
          renderRow={(call) => <ImportLine call={call} />}
          empty={
            <EmptyState icon="plug" title="No import calls">
              {detail.outcome.kind === 'rejected'
                ? 'The message never ran.'
                : 'The code ran without calling any import.'}
            </EmptyState>
          }
        />
      </div>
      <ChosenCall list={list} index={index} />
    </div>
  );
}

function ChosenCall({ list, index }: { list: PagedList<ImportCallRow>; index: number }) {
  useSyncExternalStore(list.subscribe, list.revision);
  const call = list.row(index);
  return <div className="imports-detail">{call !== undefined && <ImportDetail call={call} />}</div>;
}

/** One list for each message; what was read of one is still there when it is shown again. */
function useImports(receipt: number): PagedList<ImportCallRow> {
  const past = usePast();
  const list = useMemo(() => createImportList(past, receipt), [past, receipt]);
  useEffect(() => () => list.dispose(), [list]);
  return list;
}

const createImportList = ({ imports }: Past, receipt: number): PagedList<ImportCallRow> =>
  createPagedList<ImportCallRow>({
    readPage: ({ start, count }, signal) =>
      readOnce(imports, { receipt, page: Math.floor(start / count) }, signal),
  });
