/** What is to be seen of one call as a tree. What is open is kept by names and places, so that it stays open. */
import type { Fault } from '../../../core/base/fault';
import { type Result, ok } from '../../../core/base/result';
import type { Page } from '../../../core/studio/protocol/declare';
import type { StudioParams, StudioReturns } from '../../../core/studio/protocol/studio';
import type { WireValue } from '../../../core/studio/protocol/wire';
import type { ReadPage } from '../../lists/paged-list';
import { type TreeList, createTreeList } from '../../lists/tree-list';
import { childPath } from '../../ui/values/value-rows';
import { entriesOf } from '../../ui/values/value-kind';

export type ValueRow = StudioReturns<'debug.values'>['rows'][number];
export type Evaluated = StudioReturns<'debug.evaluate'>['values'][number];

/** Of the chosen call; globals are the instance's. */
export type ValueKind = 'locals' | 'operands' | 'globals';

/** `others` are locals without a name, among others that have one. */
export type Section = 'watches' | StudioParams<'debug.values'>['of'];

export type ValueNode =
  | { readonly kind: 'section'; readonly of: Section }
  | { readonly kind: 'value'; readonly of: ValueKind; readonly row: ValueRow }
  | { readonly kind: 'watch'; readonly expression: string; readonly evaluated: Evaluated }
  /** Inside the value of a local or a watch. */
  | {
      readonly kind: 'entry';
      readonly root: Root;
      /** JSON pointer. */
      readonly path: string;
      readonly label: string;
      readonly value: WireValue;
    }
  /** Stands for the elements of a list that are not read in advance. */
  | { readonly kind: 'more'; readonly root: Root; readonly count: number };

/** What is looked into. */
interface Root {
  /** Of its row. */
  readonly key: string;
  /** That has its value: a local's is its name. */
  readonly expression: string;
}

interface Range {
  readonly start: number;
  readonly count: number;
}

export interface ValueReader {
  values(
    of: Exclude<Section, 'watches'>,
    range: Range,
    signal: AbortSignal,
  ): Promise<Result<Page<ValueRow>, Fault>>;
  watches(): readonly string[];
  evaluate(expressions: readonly string[], signal: AbortSignal): Promise<Result<readonly Evaluated[], Fault>>;
}

export function createValuesTree(reader: ValueReader, expanded: Iterable<string>): TreeList<ValueNode> {
  return createTreeList<ValueNode>({
    readChildren(parent) {
      if (parent === null) return sectionsPage;
      switch (parent.kind) {
        case 'section':
          return parent.of === 'watches' ? watchesOf(reader) : valuesOf(parent.of, reader);
        case 'watch':
          return entriesBelow({ key: valueNodeKey(parent), expression: parent.expression }, '', reader);
        case 'entry':
          return entriesBelow(parent.root, parent.path, reader);
        case 'value':
          return entriesBelow({ key: valueNodeKey(parent), expression: nameOf(parent.row) }, '', reader);
        case 'more':
          return sectionsPage;
      }
    },
    keyOf: valueNodeKey,
    isExpandable(node) {
      if (node.kind === 'section') return true;
      if (node.kind === 'value')
        return node.row.source !== null && entriesOf(node.row.source.value).length > 0;
      if (node.kind === 'watch') return node.evaluated.ok && entriesOf(node.evaluated.value).length > 0;
      return node.kind === 'entry' && entriesOf(node.value).length > 0;
    },
    expanded,
  });
}

export function valueNodeKey(node: ValueNode): string {
  switch (node.kind) {
    case 'section':
      return node.of;
    case 'value':
      return `${node.of}/${node.row.index}`;
    case 'watch':
      return `watches/${node.expression}`;
    case 'entry':
      return `${node.root.key}#${node.path}`;
    case 'more':
      return `${node.root.key}…`;
  }
}

const sections = (['watches', 'locals', 'others', 'operands', 'globals'] as const).map((of) => ({
  kind: 'section' as const,
  of,
}));

const pageOf = <Row>(rows: readonly Row[], { start, count }: Range): Page<Row> => ({
  start,
  total: rows.length,
  rows: rows.slice(start, start + count),
});

const sectionsPage: ReadPage<ValueNode> = (range) => Promise.resolve(ok(pageOf(sections, range)));

const valuesOf =
  (section: Exclude<Section, 'watches'>, reader: ValueReader): ReadPage<ValueNode> =>
  async ({ start, count }, signal) => {
    const page = await reader.values(section, { start, count }, signal);
    if (!page.ok) return page;
    // A local is the same row whether it has a name yet or not.
    const of = section === 'others' ? 'locals' : section;
    return ok({ ...page.value, rows: page.value.rows.map((row) => ({ kind: 'value', of, row })) });
  };

const watchesOf =
  (reader: ValueReader): ReadPage<ValueNode> =>
  async (range, signal) => {
    const page = pageOf(reader.watches(), range);
    const values = await reader.evaluate(page.rows, signal);
    if (!values.ok) return values;
    const rows = page.rows.map((expression, place) => ({
      kind: 'watch' as const,
      expression,
      evaluated: values.value[place] ?? noValue,
    }));
    return ok({ ...page, rows });
  };

/** As an expression. */
const nameOf = ({ name, index }: ValueRow): string => (name === null ? `$${index}` : `\`${name}\``);

const noValue: Evaluated = { ok: false, message: 'it has no value' };

/** What a part of the value holds at this stop: nothing when there is no such part any more. */
const entriesBelow =
  (root: Root, path: string, reader: ValueReader): ReadPage<ValueNode> =>
  async (range, signal) => {
    const values = await reader.evaluate([root.expression], signal);
    if (!values.ok) return values;
    const [evaluated] = values.value;
    const value = evaluated?.ok === true ? valueAt(evaluated.value, path) : undefined;
    const entries = value === undefined ? [] : entriesOf(value);
    const rows: ValueNode[] = entries.map(([label, item]) => ({
      kind: 'entry',
      root,
      path: childPath(path, label),
      label,
      value: item,
    }));
    const more = evaluated?.ok === true && path === '' ? evaluated.more : 0;
    return ok(pageOf(more > 0 ? [...rows, { kind: 'more', root, count: more }] : rows, range));
  };

function valueAt(root: WireValue, path: string): WireValue | undefined {
  let value: WireValue | undefined = root;
  for (const part of path.split('/').slice(1)) {
    const label = part.replaceAll('~1', '/').replaceAll('~0', '~');
    value = value === undefined ? undefined : entriesOf(value).find(([key]) => key === label)?.[1];
  }
  return value;
}
