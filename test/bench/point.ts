/** What something costs at one size, and how such points are shown: as a table with a column for each size, and drawn. */
import { parse, View } from 'vega';
import { compile } from 'vega-lite';
import { linesToTable, numberToText } from './row';

export interface Point {
  /** `messages/s`, `insert, root every 1000 (keys/s)`: with the unit. */
  readonly measure: string;
  /** What grows: `kernels`, `messages`, `keys`. */
  readonly of: string;
  readonly size: number;
  readonly value: number;
}

export function pointsToTable(points: readonly Point[]): string {
  return [...new Set(points.map(({ of }) => of))]
    .map((of) => {
      const group = points.filter((point) => point.of === of);
      const sizes = [...new Set(group.map(({ size }) => size))].toSorted((left, right) => left - right);
      const lines = [...new Set(group.map(({ measure }) => measure))].map((measure) => [
        measure,
        ...sizes.map((size) => {
          const point = group.find((candidate) => candidate.measure === measure && candidate.size === size);
          return point === undefined ? '' : numberToText(point.value);
        }),
      ]);
      return linesToTable([[of, ...sizes.map((size) => size.toLocaleString('en-US'))], ...lines]);
    })
    .join('\n\n');
}

/** An SVG with a plot for each measure, both axes logarithmic. */
export async function pointsToPlot(points: readonly Point[]): Promise<string> {
  const { spec } = compile({
    background: 'white',
    data: { values: points.map((point) => ({ ...point, panel: `${point.measure} by ${point.of}` })) },
    facet: { field: 'panel', type: 'nominal', title: null, sort: null },
    columns: 3,
    spec: {
      width: 240,
      height: 130,
      mark: { type: 'line', point: true },
      encoding: {
        x: { field: 'size', type: 'quantitative', scale: { type: 'log' }, title: null },
        y: { field: 'value', type: 'quantitative', scale: { type: 'log' }, title: null },
      },
    },
    resolve: { scale: { x: 'independent', y: 'independent' } },
  });
  return new View(parse(spec), { renderer: 'none' }).toSVG();
}
