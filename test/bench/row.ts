/** One promise of the product, measured next to what it is compared with. */
export interface Row {
  readonly promise: string;
  readonly ours: number;
  /** What `ours` and `theirs` count: `messages/s`, `ms`. */
  readonly unit: string;
  /** The same work done by something else in the same run; `null` when the promise is about ours alone. */
  readonly peer: { readonly name: string; readonly theirs: number } | null;
  /** Holds for ours divided by theirs, or for ours alone when there is no peer. `null` only informs. */
  readonly goal: { readonly atLeast: number } | { readonly atMost: number } | null;
}

/** Ours divided by theirs; `null` without a peer. */
export const ratioOf = (row: Row): number | null => (row.peer === null ? null : row.ours / row.peer.theirs);

export function holds(row: Row): boolean {
  const measured = ratioOf(row) ?? row.ours;
  if (row.goal === null) return true;
  return 'atLeast' in row.goal ? measured >= row.goal.atLeast : measured <= row.goal.atMost;
}

/** The value that so much of them is not above. */
export const percentile = (values: readonly number[], part: number): number =>
  values.toSorted((left, right) => left - right)[Math.ceil(part * values.length) - 1] ?? Number.NaN;

/** The middle one, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[half - 1] ?? upper)) / 2;
}

export function rowsToTable(rows: readonly Row[]): string {
  const head = ['promise', 'ours', 'peer', 'theirs', 'ratio', 'goal', ''];
  const lines = rows.map((row) => [
    row.promise,
    `${numberToText(row.ours)} ${row.unit}`,
    row.peer?.name ?? '',
    row.peer === null ? '' : `${numberToText(row.peer.theirs)} ${row.unit}`,
    row.peer === null ? '' : numberToText(ratioOf(row) ?? 0),
    goalToText(row),
    row.goal === null ? '' : holds(row) ? 'holds' : 'MISSED',
  ]);
  return linesToTable([head, ...lines]);
}

/** Cells under each other, each column as wide as its widest. */
export function linesToTable(lines: readonly (readonly string[])[]): string {
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function goalToText({ goal, peer, unit }: Row): string {
  if (goal === null) return '';
  const bound = 'atLeast' in goal ? `>= ${goal.atLeast}` : `<= ${goal.atMost}`;
  return peer === null ? `${bound} ${unit}` : `${bound}x`;
}

export const numberToText = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(3)));
