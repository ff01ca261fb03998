import { useEffect, useMemo } from 'react';
import { pageSize } from '../../../core/studio/protocol/declare';
import { useClient, useStudio } from '../../store/context';
import { type StateTree, createStateTree } from '../../lists/state-tree';

/** The tree of a kernel's state after the first `at` receipts. */
export function useStateTree(kernel: string, at: number): StateTree {
  const client = useClient();
  // A connection made anew: what could not be read then can be now.
  const epoch = useStudio((studio) => studio.epoch);
  const tree = useMemo(
    () =>
      createStateTree(
        (question, signal) => client.call('world.state', { kernel, count: pageSize, ...question }, signal),
        at,
      ),
    // Another version is shown by the same tree, so that what is open stays open.
    // eslint-disable-next-line react/exhaustive-deps
    [client, kernel],
  );
  useEffect(() => () => tree.dispose(), [tree]);
  useEffect(() => tree.show(at), [tree, at]);
  useEffect(() => tree.refresh(), [tree, epoch]);
  return tree;
}
