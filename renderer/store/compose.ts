import type { WireValue } from '../../core/studio/protocol/wire';
import type { SliceOf } from './studio';

/** A signal to be written: what another panel fills the composer with. */
export interface ComposeWish {
  readonly to: string;
  /** `null` keeps the method that is there. */
  readonly method: string | null;
  /** By position; `null` leaves the fields as they were last. */
  readonly args: readonly WireValue[] | null;
  /** Tells one wish from the next of the same words. */
  readonly serial: number;
}

export interface ComposeSlice {
  readonly composeWish: ComposeWish | null;
  /** Shows the composer with this signal in its fields. It is not sent. */
  compose(wish: Omit<ComposeWish, 'serial'>): void;
  /** The composer that was to grant it is gone. */
  forgetComposeWish(): void;
}

export const createComposeSlice: SliceOf<ComposeSlice> = (set, get) => ({
  composeWish: null,
  compose(wish) {
    set({ composeWish: { ...wish, serial: (get().composeWish?.serial ?? 0) + 1 } });
    get().selectKernel(wish.to);
    get().showPanel('composer');
  },
  forgetComposeWish: () => set({ composeWish: null }),
});
