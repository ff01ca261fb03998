/** What is to be seen of one call as a tree. What is open is kept by names and places, so that it stays open. */
import { type Result, ok } from '../../../core/base/result';
import type { Fault } from '../../../core/base/fault';
import type { Page } from '../../../core/studio/protocol/declare';
import type { StudioReturns } from '../../../core/studio/protocol/studio';
import type { ReadPage } from '../../lists/paged-list';
import { type TreeList, createTreeList } from '../../lists/tree-list';

export type ValueRow = StudioReturns<'debug.values'>['rows'][number];

/** Of the chosen call; globals are the instance's. */
export type ValueKind = 'locals' | 'operands' | 'globals';

export type ValueNode =
  | { readonly kind: 'section'; readonly of: ValueKind }
  | { readonly kind: 'value'; readonly of: ValueKind; readonly row: ValueRow };

export type ReadValues = (
  of: ValueKind,
  range: { readonly start: number; readonly count: number },
  signal: AbortSignal,
) => Promise<Result<Page<ValueRow>, Fault>>;

export function createValuesTree(read: ReadValues): TreeList<ValueNode> {
  return createTreeList<ValueNode>({
    readChildren: (parent) => (parent?.kind === 'section' ? valuesOf(parent.of, read) : sectionsPage),
    keyOf: (node) => (node.kind === 'section' ? node.of : `${node.of}/${node.row.index}`),
    isExpandable: ({ kind }) => kind === 'section',
    expanded: ['locals', 'operands'],
  });
}

const sections: readonly ValueNode[] = [
  { kind: 'section', of: 'locals' },
  { kind: 'section', of: 'operands' },
  { kind: 'section', of: 'globals' },
];

const sectionsPage: ReadPage<ValueNode> = () =>
  Promise.resolve(ok({ start: 0, total: sections.length, rows: sections }));

const valuesOf =
  (of: ValueKind, read: ReadValues): ReadPage<ValueNode> =>
  async ({ start, count }, signal) => {
    const page = await read(of, { start, count }, signal);
    if (!page.ok) return page;
    const rows = page.value.rows.map((row) => ({ kind: 'value' as const, of, row }));
    return ok({ ...page.value, rows });
  };
