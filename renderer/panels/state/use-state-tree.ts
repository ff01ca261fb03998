import { useEffect, useState } from 'react';
import { pageSize } from '../../../core/studio/protocol/declare';
import { useClient, useStudio } from '../../store/context';
import { type StateTree, createStateTree } from './state-tree';

/** The tree of a kernel's state after the first `at` receipts. `null` for the moment before the first effect. */
export function useStateTree(kernel: string, at: number): StateTree | null {
  const client = useClient();
  // A connection made anew: what could not be read then can be now.
  const epoch = useStudio((studio) => studio.epoch);
  const [tree, setTree] = useState<StateTree | null>(null);
  useEffect(() => {
    const made = createStateTree(
      (question, signal) => client.call('world.state', { kernel, count: pageSize, ...question }, signal),
      at,
    );
    setTree(made);
    return () => made.dispose();
    // Another version is shown by the same tree, so that what is open stays open.
    // eslint-disable-next-line react/exhaustive-deps
  }, [client, kernel]);
  useEffect(() => tree?.show(at), [tree, at]);
  useEffect(() => tree?.refresh(), [tree, epoch]);
  return tree;
}
