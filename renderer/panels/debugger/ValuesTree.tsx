/** Watches, locals, operands and globals by name and type; what the last move changed is marked. */
import { type KeyboardEvent, type SyntheticEvent, useEffect, useMemo, useRef, useState } from 'react';
import { ok } from '../../../core/base/result';
import { TreeView } from '../../lists/TreeView';
import type { TreeList } from '../../lists/tree-list';
import { useStudio, useStudioContext } from '../../store/context';
import { EmptyState } from '../../ui/EmptyState';
import { IconButton } from '../../ui/IconButton';
import { ValueText } from '../../ui/values/ValueTree';
import { useMemory } from './memory';
import {
  type Evaluated,
  type ValueKind,
  type ValueNode,
  type ValueRow,
  createValuesTree,
  valueNodeKey,
} from './values-tree';

export function ValuesTree() {
  const { memory, remember } = useMemory();
  const tree = useValuesTree();
  const [active, setActive] = useState<string>('locals');
  const addWatch = (expression: string): void => {
    if (!memory.watches.includes(expression)) remember({ watches: [...memory.watches, expression] });
  };
  const removeWatch = (expression: string): void =>
    remember({ watches: memory.watches.filter((each) => each !== expression) });
  const onKeyDown = (event: KeyboardEvent): void => {
    const row = tree.row(tree.indexOf(active) ?? -1);
    if (event.key !== 'Delete' || row?.kind !== 'node' || row.node.kind !== 'watch') return;
    event.preventDefault();
    removeWatch(row.node.expression);
  };
  return (
    <div className="values-tree">
      <WatchField onAdd={addWatch} />
      <TreeView
        tree={tree}
        label="Values"
        active={active}
        onActive={({ key }) => setActive(key)}
        onKeyDown={onKeyDown}
        renderNode={({ node }) => <NodeLine node={node} onRemove={removeWatch} />}
        empty={<EmptyState icon="symbol-variable" title="No values" />}
      />
    </div>
  );
}

function WatchField({ onAdd }: { onAdd: (expression: string) => void }) {
  const [text, setText] = useState('');
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (text.trim() === '') return;
    onAdd(text.trim());
    setText('');
  };
  return (
    <form className="watch-field" onSubmit={submit}>
      <input
        aria-label="Watch an expression"
        placeholder='Watch: $0 + 1, i32[p], $state["key"]'
        value={text}
        spellCheck={false}
        onChange={(event) => setText(event.target.value)}
      />
    </form>
  );
}

const sectionNames: Readonly<Record<ValueKind | 'watches', string>> = {
  watches: 'Watches',
  locals: 'Locals and parameters',
  operands: 'Operands, the topmost last',
  globals: 'Globals',
};

function NodeLine({ node, onRemove }: { node: ValueNode; onRemove: (expression: string) => void }) {
  switch (node.kind) {
    case 'section':
      return <span className="values-section">{sectionNames[node.of]}</span>;
    case 'value':
      return <ValueLine of={node.of} row={node.row} />;
    case 'watch':
      return (
        <WatchLine
          expression={node.expression}
          evaluated={node.evaluated}
          onRemove={() => onRemove(node.expression)}
        />
      );
    case 'entry':
      return (
        <span className="value-line">
          <span className="value-label">{node.label}</span>
          <ValueText value={node.value} />
        </span>
      );
  }
}

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

interface WatchLineProps {
  readonly expression: string;
  readonly evaluated: Evaluated;
  readonly onRemove: () => void;
}

function WatchLine({ expression, evaluated, onRemove }: WatchLineProps) {
  return (
    <span className="value-line">
      <span className="value-label">{expression}</span>
      {evaluated.ok ? (
        <ValueText value={evaluated.value} />
      ) : (
        <span className="watch-fault" title={evaluated.message}>
          {evaluated.message}
        </span>
      )}
      {evaluated.ok && <span className="value-type">{evaluated.type}</span>}
      <span className="watch-remove">
        <IconButton icon="close" label={`Stop watching ${expression}`} keys="Delete" onClick={onRemove} />
      </span>
    </span>
  );
}

/** Read again at each stop and for each call; what is open stays open. */
function useValuesTree(): TreeList<ValueNode> {
  const { client, store } = useStudioContext();
  const { memory, remember } = useMemory();
  const serial = useStudio(({ debugSerial }) => debugSerial);
  const { index } = useStudio(({ debugFrame }) => debugFrame);
  const watches = useRef(memory.watches);
  const tree = useMemo(
    () => {
      const place = () => {
        const { debugStop, debugFrame } = store.getState();
        return { session: debugStop?.session ?? -1, frame: debugFrame.index };
      };
      return createValuesTree(
        {
          values: (of, range, signal) => client.call('debug.values', { ...place(), of, ...range }, signal),
          watches: () => watches.current,
          async evaluate(expressions, signal) {
            if (expressions.length === 0) return ok([]);
            const answer = await client.call(
              'debug.evaluate',
              { ...place(), expressions: [...expressions] },
              signal,
            );
            return answer.ok ? ok(answer.value.values) : answer;
          },
        },
        memory.open,
      );
    },
    // eslint-disable-next-line react/exhaustive-deps -- what is open at first is read once
    [client, store],
  );
  useEffect(
    () => () => {
      remember({ open: [...tree.expanded()] });
      tree.dispose();
    },
    // eslint-disable-next-line react/exhaustive-deps -- the memory is told at the end alone
    [tree],
  );
  useEffect(() => {
    watches.current = memory.watches;
    tree.refresh(valueNodeKey({ kind: 'section', of: 'watches' }));
  }, [tree, memory.watches]);
  useEffect(() => tree.refresh(), [tree, serial, index]);
  return tree;
}
