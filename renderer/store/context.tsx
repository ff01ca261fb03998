/** How components reach the store and the host. */
import { type ReactNode, createContext, use, useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { assert } from '../../core/base/result';
import type { StudioClient } from '../app/connection';
import { type Past, createPast } from './past/past';
import type { StudioState, StudioStore } from './studio';

export interface Studio {
  readonly client: StudioClient;
  readonly store: StudioStore;
}

const StudioContext = createContext<Studio | null>(null);
const PastContext = createContext<Past | null>(null);

export function StudioProvider({ studio, children }: { studio: Studio; children: ReactNode }) {
  const branch = useStore(studio.store, ({ world }) => world?.branch);
  // What is known of one branch's past says nothing of another's.
  const { past } = useMemo(() => ({ branch, past: createPast(studio.client) }), [studio.client, branch]);
  const epoch = useStore(studio.store, (state) => state.epoch);
  // What was asked while the host was away failed for that alone.
  useEffect(() => Object.values(past).forEach((cache) => cache.retryAll()), [past, epoch]);
  return (
    <StudioContext value={studio}>
      <PastContext value={past}>{children}</PastContext>
    </StudioContext>
  );
}

/** What is known of the past, and the way to ask for more. */
export function usePast(): Past {
  const past = use(PastContext);
  assert(past !== null, 'components of the window stand below StudioProvider');
  return past;
}

export function useStudioContext(): Studio {
  const studio = use(StudioContext);
  assert(studio !== null, 'components of the window stand below StudioProvider');
  return studio;
}

export const useClient = (): StudioClient => useStudioContext().client;

/** Reads the store through a selector. What it selects has to be the same object while nothing changed. */
export const useStudio = <T,>(select: (state: StudioState) => T): T =>
  useStore(useStudioContext().store, select);

/** The store's actions: functions that never change, so that reading them renders nothing again. */
export const useActions = (): StudioState => useStudioContext().store.getState();
