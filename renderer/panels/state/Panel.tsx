/** The state of the selected kernel, now or around the selected message: its keys as a tree, the chosen value below. */
import { useEffect, useState } from 'react';
import { TreeView } from '../../lists/TreeView';
import { useActions, useStudio } from '../../store/context';
import { useSteadyLength } from '../../store/use-steady-length';
import { EmptyState } from '../../ui/EmptyState';
import { StateLine } from '../../ui/receipts/StateLine';
import { StateValue } from './StateValue';
import { type Version, VersionChoice } from './VersionChoice';
import { levelPrefix, stateRowKey } from '../../lists/state-tree';
import { useChangedKeys } from './use-changed-keys';
import { useStateTree } from './use-state-tree';
import './state.css';

export default function StatePanel() {
  const kernel = useStudio((studio) => studio.kernel);
  if (kernel === null) {
    return (
      <EmptyState icon="database" title="No kernel selected">
        Choose a kernel in the tree, or a message in the timeline, to see the state of the kernel.
      </EmptyState>
    );
  }
  return <KernelState kernel={kernel} />;
}

function KernelState({ kernel }: { kernel: string }) {
  const receipt = useStudio((studio) => studio.receipt);
  const path = useStudio((studio) => studio.statePath);
  const length = useSteadyLength();
  const { selectState } = useActions();
  const [chosen, setVersion] = useState<Version>('now');
  const version = receipt === null ? 'now' : chosen;
  const at = receipt === null || version === 'now' ? length : version === 'before' ? receipt : receipt + 1;
  const tree = useStateTree(kernel, at);
  const changed = useChangedKeys(kernel, receipt);
  const key = path !== null && path.kernel === kernel ? path.key : null;
  useEffect(() => {
    if (key !== null) tree.reveal(key);
  }, [tree, key]);

  return (
    <div className="state">
      <div className="state-bar">
        <span className="state-kernel mono">{kernel}</span>
        <VersionChoice version={version} receipt={receipt} onChange={setVersion} />
      </div>
      <div className="state-tree">
        <TreeView
          tree={tree}
          label="State"
          active={key === null ? null : stateRowKey(withoutSlash(key))}
          onActive={({ node }) =>
            selectState({ kernel, key: node.entry === null ? levelPrefix(node.rawKey) : node.rawKey })
          }
          renderNode={({ node }) => (
            <StateLine row={node} change={changeWords[changed.of(node.rawKey) ?? 'none']} />
          )}
          empty={
            <EmptyState icon="database" title="The state is empty">
              {`${kernel} has stored nothing ${version === 'now' ? 'yet' : `${version} message ${receipt}`}.`}
            </EmptyState>
          }
        />
      </div>
      {key !== null && key.length > 0 ? (
        <StateValue kernel={kernel} at={at} stateKey={key} />
      ) : (
        <p className="state-value quiet">Choose a key to see its value.</p>
      )}
    </div>
  );
}

const changeWords = {
  none: null,
  key: 'changed by the selected message',
  below: 'something below was changed by the selected message',
};

const withoutSlash = (key: Uint8Array): Uint8Array => (key.at(-1) === 0x2f ? key.subarray(0, -1) : key);
