/** Watches, locals, operands and globals by name and type; what the last move changed is marked. */
import { type KeyboardEvent, type SyntheticEvent, useEffect, useMemo, useRef, useState } from 'react';
import { ok } from '../../../core/base/result';
import { TreeView } from '../../lists/TreeView';
import type { TreeList } from '../../lists/tree-list';
import { useActions, useStudio, useStudioContext } from '../../store/context';
import { EmptyState } from '../../ui/EmptyState';
import { IconButton } from '../../ui/IconButton';
import { ValueText } from '../../ui/values/ValueTree';
import type { Target } from '../../store/debug/debug';
import type { MadeEdit } from '../../store/debug/edits';
import { useEdits } from '../../store/debug/use-edits';
import { nameOf } from '../../store/paths';
import type { StudioState } from '../../store/studio';
import { editOfValue } from './edited';
import { useMemory } from './memory';
import type { Question } from './question';
import { ValueField, ValueLine } from './ValueLine';
import { type Evaluated, type Section, type ValueNode, createValuesTree, valueNodeKey } from './values-tree';

export function ValuesTree() {
  const { store } = useStudioContext();
  const { memory, remember, askPast } = useMemory();
  const tree = useValuesTree();
  const [active, setActive] = useState<string>('locals');
  const [edited, setEdited] = useState<string | null>(null);
  const edits = useEdits();
  const now = useStudio(({ debugStop }) => debugStop?.count ?? 0);
  const { index: frame } = useStudio(({ debugFrame }) => debugFrame);
  const editOf = ({ of, row }: Extract<ValueNode, { kind: 'value' }>): MadeEdit | undefined =>
    editOfValue(edits, now, { of, frame, row });
  const { undoEdit } = useActions();
  const addWatch = (expression: string): void => {
    if (!memory.watches.includes(expression)) remember({ watches: [...memory.watches, expression] });
  };
  const removeWatch = (expression: string): void =>
    remember({ watches: memory.watches.filter((each) => each !== expression) });
  const undo = (node: Extract<ValueNode, { kind: 'value' }>): void => {
    const edit = editOf(node);
    if (edit !== undefined) void undoEdit(edit.id);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const row = tree.row(tree.indexOf(active) ?? -1);
    if (row?.kind !== 'node' || event.altKey || event.ctrlKey || event.metaKey) return;
    const question = event.key.toLowerCase() === 'h' ? questionOf(row.node, store.getState()) : null;
    if (question !== null) askPast(question);
    else if (event.key === 'Delete' && row.node.kind === 'watch') removeWatch(row.node.expression);
    else if (event.key.toLowerCase() === 'u' && row.node.kind === 'value') undo(row.node);
    else return;
    event.preventDefault();
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
        onOpen={({ key, node }) => setEdited(node.kind === 'value' ? key : null)}
        renderNode={({ node, key }) =>
          key === edited && node.kind === 'value' ? (
            <ValueField of={node.of} row={node.row} onDone={() => setEdited(null)} />
          ) : (
            <NodeLine
              node={node}
              edit={node.kind === 'value' ? editOf(node) : undefined}
              onEdit={() => setEdited(key)}
              onRemove={removeWatch}
              onAsk={() => {
                const question = questionOf(node, store.getState());
                if (question !== null) askPast(question);
              }}
            />
          )
        }
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

const sectionNames: Readonly<Record<Section, string>> = {
  watches: 'Watches',
  locals: 'Locals and parameters',
  others: 'Other locals',
  operands: 'Operands, the topmost last',
  globals: 'Globals',
};

interface NodeLineProps {
  readonly node: ValueNode;
  /** That gave it the value it has. */
  readonly edit: MadeEdit | undefined;
  readonly onEdit: () => void;
  readonly onRemove: (expression: string) => void;
  readonly onAsk: () => void;
}

function NodeLine({ node, edit, onEdit, onRemove, onAsk }: NodeLineProps) {
  switch (node.kind) {
    case 'section':
      return <span className="values-section">{sectionNames[node.of]}</span>;
    case 'value':
      return <ValueLine of={node.of} row={node.row} edit={edit} onEdit={onEdit} onAsk={onAsk} />;
    case 'watch':
      return (
        <WatchLine
          expression={node.expression}
          evaluated={node.evaluated}
          onAsk={onAsk}
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
    case 'more':
      return <span className="quiet">{`… ${node.count.toLocaleString('en')} more`}</span>;
  }
}

interface WatchLineProps {
  readonly expression: string;
  readonly evaluated: Evaluated;
  readonly onAsk: () => void;
  readonly onRemove: () => void;
}

function WatchLine({ expression, evaluated, onAsk, onRemove }: WatchLineProps) {
  return (
    <span className="value-line">
      <span className="value-label">{expression}</span>
      {evaluated.ok ? (
        <ValueText value={evaluated.value} more={evaluated.more} />
      ) : (
        <span className="watch-fault" title={evaluated.message}>
          {evaluated.message}
        </span>
      )}
      {evaluated.ok && <span className="value-type">{evaluated.type}</span>}
      <span className="value-acts">
        <IconButton icon="graph-line" label="Its value at each pass" keys="KeyH" onClick={onAsk} />
        <IconButton icon="close" label={`Stop watching ${expression}`} keys="Delete" onClick={onRemove} />
      </span>
    </span>
  );
}

/** What `H` asks about a row; `null` where there is nothing to ask. */
function questionOf(node: ValueNode, state: StudioState): Question | null {
  const { debugFrame, cursorTarget } = state;
  if (node.kind === 'value' && node.of === 'locals') {
    const { index, name } = node.row;
    const words = `Changes of ${name ?? `$${index}`}`;
    return { kind: 'changes', of: { kind: 'local', frame: debugFrame.index, index }, words };
  }
  if (node.kind === 'value' && node.of === 'globals') {
    const { index, name } = node.row;
    return {
      kind: 'changes',
      of: { kind: 'global', index },
      words: `Changes of ${name ?? `global ${index}`}`,
    };
  }
  if (node.kind !== 'watch') return null;
  const at = placeTarget(debugFrame.place) ?? cursorTarget();
  if (at === null) return null;
  return {
    kind: 'values',
    at,
    expression: node.expression,
    words: `${node.expression} at each pass of ${targetWords(at)}`,
  };
}

function placeTarget(place: StudioState['debugFrame']['place']): Target | null {
  if (place === null) return null;
  const { source, offset } = place;
  return source?.file === undefined || source.line === undefined
    ? { kind: 'offset', offset }
    : { kind: 'line', file: source.file, line: source.line };
}

function targetWords(at: Target): string {
  switch (at.kind) {
    case 'line':
      return `${nameOf(at.file)}:${at.line}`;
    case 'offset':
      return `0x${at.offset.toString(16)}`;
    case 'function':
      return `function ${at.function}`;
  }
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
