/** Locals, operands and globals by name and type; what the last move changed is marked. */
import { useEffect, useMemo, useState } from 'react';
import { TreeView } from '../../lists/TreeView';
import type { TreeList } from '../../lists/tree-list';
import { useStudio, useStudioContext } from '../../store/context';
import { EmptyState } from '../../ui/EmptyState';
import { ValueText } from '../../ui/values/ValueTree';
import { type ValueKind, type ValueNode, type ValueRow, createValuesTree } from './values-tree';

export function ValuesTree() {
  const tree = useValuesTree();
  const [active, setActive] = useState<string>('locals');
  return (
    <div className="values-tree">
      <TreeView
        tree={tree}
        label="Values"
        active={active}
        onActive={({ key }) => setActive(key)}
        renderNode={({ node }) =>
          node.kind === 'section' ? (
            <span className="values-section">{sectionNames[node.of]}</span>
          ) : (
            <ValueLine of={node.of} row={node.row} />
          )
        }
        empty={<EmptyState icon="symbol-variable" title="No values" />}
      />
    </div>
  );
}

const sectionNames: Readonly<Record<ValueKind, string>> = {
  locals: 'Locals and parameters',
  operands: 'Operands, the topmost last',
  globals: 'Globals',
};

function ValueLine({ of, row }: { of: ValueKind; row: ValueRow }) {
  const { index, name, type, value, changed, bits } = row;
  return (
    <span className={`value-line${changed ? ' is-changed' : ''}`} title={`0x${bits.toString(16)}`}>
      <span className="value-label">{name ?? `${unnamed[of]}${index}`}</span>
      <ValueText value={value} />
      {changed && <span className="value-changed">changed</span>}
      <span className="value-type">{type}</span>
    </span>
  );
}

const unnamed: Readonly<Record<ValueKind, string>> = { locals: '$', operands: '', globals: 'global ' };

/** Read again at each stop and for each call; what is open stays open. */
function useValuesTree(): TreeList<ValueNode> {
  const { client, store } = useStudioContext();
  const serial = useStudio(({ debugSerial }) => debugSerial);
  const { index } = useStudio(({ debugFrame }) => debugFrame);
  const tree = useMemo(
    () =>
      createValuesTree((of, range, signal) => {
        const { debugStop, debugFrame } = store.getState();
        const session = debugStop?.session ?? -1;
        return client.call('debug.values', { session, of, frame: debugFrame.index, ...range }, signal);
      }),
    [client, store],
  );
  useEffect(() => () => tree.dispose(), [tree]);
  useEffect(() => tree.refresh(), [tree, serial, index]);
  return tree;
}
