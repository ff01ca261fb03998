import type { StudioStore } from '../../store/studio';

/** Selects the message before or after the selected one; the latest when none is. */
export function stepReceipt(store: StudioStore, step: 1 | -1): void {
  const { receipt, world, selectReceipt } = store.getState();
  const length = world?.length ?? 0;
  if (length === 0) return;
  selectReceipt(receipt === null ? length - 1 : Math.min(Math.max(receipt + step, 0), length - 1));
}
