import { type Fault, faultToText } from '../../core/base/fault';
import type { SliceOf } from './studio';

export interface NoticeAction {
  readonly label: string;
  readonly run: () => void;
}

export interface Notice {
  readonly id: number;
  readonly kind: 'info' | 'success' | 'warning' | 'error';
  readonly text: string;
  /** A second line: the remedy, or more of what happened. */
  readonly detail?: string;
  readonly actions?: readonly NoticeAction[];
}

/**
 * Short words in the corner about what was done or failed. Only for what has no place of its own: a field's fault
 * belongs at the field, a panel's in the panel.
 */
export interface NoticesSlice {
  readonly notices: readonly Notice[];
  /** Errors stay until they are dismissed, the rest goes after a few seconds. Answers with its id. */
  notify(notice: Omit<Notice, 'id'>): number;
  notifyFault(what: string, fault: Fault): number;
  dismissNotice(id: number): void;
}

export const createNoticesSlice: SliceOf<NoticesSlice> = (set, get, { clock }) => {
  let lastId = 0;
  return {
    notices: [],
    notify(notice) {
      const id = ++lastId;
      set({ notices: [...get().notices.slice(-mostNotices + 1), { ...notice, id }] });
      if (notice.kind !== 'error') {
        const stay = (notice.actions ?? []).length > 0 ? stayWithActions : stayPlain;
        clock.after(stay, () => get().dismissNotice(id));
      }
      return id;
    },
    notifyFault: (what, fault) =>
      get().notify({ kind: 'error', text: `${what}.`, detail: faultToText(fault) }),
    dismissNotice: (id) => set({ notices: get().notices.filter((notice) => notice.id !== id) }),
  };
};

const mostNotices = 5;
/** Milliseconds. */
const stayPlain = 5000;
const stayWithActions = 12_000;
