/** The tree of all kernels, read level by level, and what the selected one takes. */
import { useEffect, useMemo } from 'react';
import type { KernelRow } from '../../../core/studio/protocol/world';
import type { StudioClient } from '../../app/connection';
import { TreeView } from '../../lists/TreeView';
import { type TreeList, createTreeList } from '../../lists/tree-list';
import { useActions, useClient, useStudio } from '../../store/context';
import { useSteadyLength } from '../../store/use-steady-length';
import { EmptyState } from '../../ui/EmptyState';
import { Icon } from '../../ui/Icon';
import { KernelDetail } from './KernelDetail';
import './kernels.css';

export default function KernelsPanel() {
  const tree = useKernelTree();
  const kernel = useStudio((studio) => studio.kernel);
  const { selectKernel, compose } = useActions();
  return (
    <div className="kernels">
      <TreeView
        tree={tree}
        label="Kernels"
        active={kernel}
        onActive={({ key }) => selectKernel(key)}
        onOpen={({ key }) => compose({ to: key, method: null, args: null })}
        renderNode={({ node }) => <KernelLine kernel={node} />}
        empty={
          <EmptyState icon="type-hierarchy" title="No kernels yet">
            The world is empty. A scenario creates kernels; so does a contract, with the import create.
          </EmptyState>
        }
      />
      {kernel !== null && (
        <KernelDetail address={kernel} onCompose={(method) => compose({ to: kernel, method, args: null })} />
      )}
    </div>
  );
}

function KernelLine({ kernel }: { kernel: KernelRow }) {
  const { name, codeName, code, childCount } = kernel;
  return (
    <span className={`kernel-line${code === null ? ' has-no-code' : ''}`} title={kernel.address}>
      <Icon name={code === null ? 'symbol-namespace' : 'symbol-class'} />
      <span className="kernel-name">{name}</span>
      {childCount > 0 && <span className="kernel-count">{childCount.toLocaleString('en')}</span>}
      {code !== null && (
        <span className="kernel-code" title={codeName ?? code}>
          {codeName === null ? code.slice(-8) : codeName.slice(codeName.lastIndexOf('/') + 1)}
        </span>
      )}
    </span>
  );
}

/** Follows the world; what is open stays open. */
function useKernelTree(): TreeList<KernelRow> {
  const client = useClient();
  const length = useSteadyLength();
  const epoch = useStudio((studio) => studio.epoch);
  const tree = useMemo(() => createKernelTree(client), [client]);
  useEffect(() => () => tree.dispose(), [tree]);
  useEffect(() => tree.refresh(), [tree, length, epoch]);
  useEffect(() => openSmallTop(tree), [tree]);
  return tree;
}

/** Opens the kernels at the top once they are known, when there are few. */
function openSmallTop(tree: TreeList<KernelRow>): () => void {
  const stop = tree.subscribe(() => {
    if (!tree.known()) return;
    stop();
    const top = Array.from({ length: tree.count() }, (_, index) => tree.row(index));
    if (top.length > mostOpenAtFirst) return;
    for (const row of top) if (row?.kind === 'node') tree.setExpanded(row.key, true);
  });
  return stop;
}

const mostOpenAtFirst = 3;

const createKernelTree = (client: StudioClient): TreeList<KernelRow> =>
  createTreeList<KernelRow>({
    readChildren:
      (parent) =>
      ({ start, count, before }, signal) => {
        const after = before === undefined ? {} : { after: before.name };
        const page = { parent: parent?.address ?? '/', at: null, start, count, ...after };
        return client.call('world.kernels', page, signal);
      },
    keyOf: ({ address }) => address,
    isExpandable: ({ childCount }) => childCount > 0,
  });
