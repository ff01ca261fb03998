/** What a person has typed into the fields of one type: kept as typed, whether or not it is a value yet. */
import type { Records, Type } from './type';

export type Draft =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bool'; readonly on: boolean }
  | { readonly kind: 'bytes'; readonly form: 'hex' | 'text'; readonly text: string }
  /** Each item carries an id, so that it stays itself when others are added, removed or moved. */
  | { readonly kind: 'items'; readonly items: readonly DraftItem[] }
  /** Fields of a record, in order. */
  | { readonly kind: 'fields'; readonly fields: readonly Draft[] }
  /** What was typed is kept while the option is null; `of` is `null` until it was first turned on. */
  | { readonly kind: 'option'; readonly some: boolean; readonly of: Draft | null }
  | {
      readonly kind: 'result';
      readonly side: 'ok' | 'err';
      readonly ok: Draft | null;
      readonly err: Draft | null;
    };

export interface DraftItem {
  readonly id: number;
  readonly draft: Draft;
}

/** How deep fields go; below it a value is written as text. Only an interface that lies gets there. */
export const maxFieldDepth = 12;

export function emptyDraft(type: Type, records: Records, depth = 0): Draft {
  const below = (inner: Type): Draft => emptyDraft(inner, records, depth + 1);
  if (depth > maxFieldDepth) return { kind: 'text', text: '' };
  switch (type.kind) {
    case 'bool':
      return { kind: 'bool', on: false };
    case 'bytes':
      return { kind: 'bytes', form: 'hex', text: '' };
    case 'list':
      return { kind: 'items', items: [] };
    case 'record':
      return { kind: 'fields', fields: (records.get(type.name) ?? []).map((field) => below(field.type)) };
    case 'option':
      return { kind: 'option', some: false, of: null };
    case 'result':
      return { kind: 'result', side: 'ok', ok: type.ok && below(type.ok), err: type.err && below(type.err) };
    case 'integer':
    case 'float':
    case 'string':
    case 'value':
      return { kind: 'text', text: '' };
  }
}

export const withItemAdded = (items: readonly DraftItem[], draft: Draft): readonly DraftItem[] => [
  ...items,
  { id: Math.max(-1, ...items.map(({ id }) => id)) + 1, draft },
];

/** Moves the item at `from` to stand at `to`; the ends stop it. */
export function withItemMoved(items: readonly DraftItem[], from: number, to: number): readonly DraftItem[] {
  const moved = items[from];
  if (moved === undefined) return items;
  const rest = items.toSpliced(from, 1);
  return rest.toSpliced(Math.min(Math.max(to, 0), rest.length), 0, moved);
}
