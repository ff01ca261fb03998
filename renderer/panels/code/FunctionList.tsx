/** The functions of the code, imported ones first. */
import { useEffect, useMemo } from 'react';
import type { StudioReturns } from '../../../core/studio/protocol/studio';
import { PagedListView } from '../../lists/PagedListView';
import { createPagedList } from '../../lists/paged-list';
import { useClient } from '../../store/context';
import { Icon } from '../../ui/Icon';

type FunctionRow = StudioReturns<'debug.functions'>['rows'][number];

interface FunctionListProps {
  readonly code: string;
  readonly active: number;
  readonly onActive: (index: number) => void;
}

export function FunctionList({ code, active, onActive }: FunctionListProps) {
  const client = useClient();
  const list = useMemo(
    () =>
      createPagedList<FunctionRow>({
        readPage: ({ start, count }, signal) =>
          client.call('debug.functions', { code, start, count }, signal),
      }),
    [client, code],
  );
  useEffect(() => () => list.dispose(), [list]);
  return (
    <div className="code-functions">
      <PagedListView
        list={list}
        label="Functions"
        active={active}
        margin={3}
        onActive={onActive}
        renderRow={(row) => <FunctionLine row={row} />}
        empty={<p className="quiet">The code has no functions.</p>}
      />
    </div>
  );
}

function FunctionLine({ row: { index, name, imported, exported } }: { row: FunctionRow }) {
  const words = name ?? imported ?? exported[0] ?? `function ${index}`;
  return (
    <span className="code-function" title={imported === null ? words : `import ${imported}`}>
      <Icon name={imported === null ? 'symbol-method' : 'plug'} />
      <span className="code-function-name">{words}</span>
    </span>
  );
}
