import type { Draft } from '../environment/message';
import { type Guest, Refusal } from './guest';

/**
 * Puts what a run sends where it waits for the run's end. Refuses more than may ever follow from one signal at once: they
 * would only be held until the run is over.
 */
export function post({ environment: { sends, limits } }: Guest, ...drafts: readonly Draft[]): void {
  sends.push(...drafts);
  if (sends.length <= limits.messages) return;
  throw new Refusal(
    'refused',
    `it sent ${sends.length} messages; ${limits.messages} may follow from a signal`,
  );
}
