/** What log points wrote, in the order of the run: that of a moment once, however often it is gone through. */

export interface LogLine {
  readonly moment: number;
  /** Its id. */
  readonly breakpoint: number;
  readonly text: string;
}

export interface LoggedLines {
  readonly all: readonly LogLine[];
  /** Lines that gave way to later ones. */
  readonly dropped: number;
  /** In place of what the breakpoint wrote at that moment before. */
  add(line: LogLine): void;
  forgetAfter(moment: number): void;
}

/** The last lines are kept, so that a log point in a loop can't exhaust the memory. */
const mostLines = 10_000;

export function createLoggedLines(): LoggedLines {
  const all: LogLine[] = [];
  let dropped = 0;
  return {
    all,
    get dropped() {
      return dropped;
    },
    add(line) {
      let place = all.length;
      while (place > 0 && isBefore(line, all[place - 1])) place--;
      const known = all[place - 1];
      const isKnown = known?.moment === line.moment && known.breakpoint === line.breakpoint;
      all.splice(isKnown ? place - 1 : place, isKnown ? 1 : 0, line);
      if (all.length <= mostLines) return;
      all.shift();
      dropped++;
    },
    forgetAfter(moment) {
      const later = all.findIndex((line) => line.moment > moment);
      if (later !== -1) all.length = later;
    },
  };
}

const isBefore = (left: LogLine, right: LogLine | undefined): boolean =>
  right !== undefined &&
  (left.moment < right.moment || (left.moment === right.moment && left.breakpoint < right.breakpoint));
