import type { Clock } from '../../base/clock';
import type { Disposable } from '../../base/disposal';
import { type Event, createEmitter } from '../../base/events';

/** How long a request may stay without acknowledgement. */
export const patience = 3000;

/** Tells a side that hangs from one that is slow to answer: the first doesn't even acknowledge. */
export interface Responsiveness extends Event<boolean>, Disposable {
  sent(id: number): void;
  acknowledged(id: number): void;
  heard(): void;
}

export function watchAcknowledgements(clock: Clock): Responsiveness {
  const waiting = new Set<number>();
  const changes = createEmitter<boolean>();
  let responsive = true;
  let alarm: Disposable | null = null;

  const change = (next: boolean) => {
    if (next === responsive) return;
    responsive = next;
    changes.emit(next);
  };
  const ring = () => {
    alarm = null;
    if (waiting.size > 0) change(false);
  };
  const setAlarm = () => {
    alarm?.dispose();
    alarm = waiting.size === 0 ? null : clock.after(patience, ring);
  };

  return {
    on: changes.on,
    sent(id) {
      waiting.add(id);
      if (alarm === null) setAlarm();
    },
    acknowledged: (id) => void waiting.delete(id),
    heard() {
      change(true);
      setAlarm();
    },
    dispose() {
      alarm?.dispose();
      waiting.clear();
    },
  };
}
