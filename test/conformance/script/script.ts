/** Scripts of the WebAssembly specification's test suite (`.wast`), as data. */
import { type Expression, type List, headOf, readExpressions } from './s-expression';

/** A module as a script gives it. */
export type ModuleSource =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'binary'; readonly bytes: Uint8Array };

export interface Action {
  readonly kind: 'invoke' | 'get';
  /** The module's name in the script; `null` for the last one before. */
  readonly module: string | null;
  readonly name: string;
  /** As text, each a constant instruction. */
  readonly args: readonly string[];
}

export type Command = { readonly line: number } & (
  | { readonly kind: 'module'; readonly name: string | null; readonly source: ModuleSource }
  | { readonly kind: 'action'; readonly action: Action }
  /** `results` as text, each a constant or a pattern. */
  | { readonly kind: 'return'; readonly action: Action; readonly results: readonly string[] }
  | { readonly kind: 'trap'; readonly action: Action; readonly message: string }
  | { readonly kind: 'module traps'; readonly source: ModuleSource; readonly message: string }
  | {
      readonly kind: 'refused';
      readonly of: 'invalid' | 'malformed' | 'unlinkable';
      readonly why: string;
      readonly source: ModuleSource;
    }
  /** From here on, modules may import from this one; `null` for the last one before. */
  | { readonly kind: 'register'; readonly module: string | null }
  | { readonly kind: 'other'; readonly what: string }
);

export function readScript(text: string): readonly Command[] {
  const lines = lineStarts(text);
  return readExpressions(text).flatMap((expression) => {
    if (expression.kind !== 'list') return [];
    const line = lines.findLastIndex((start) => start <= expression.start) + 1;
    return { line, ...readCommand(text, expression) };
  });
}

type Unplaced = Command extends infer Each ? (Each extends Command ? Omit<Each, 'line'> : never) : never;

function readCommand(text: string, list: List): Unplaced {
  const head = headOf(list);
  const [, first, ...rest] = list.items;
  switch (head) {
    case 'module': {
      const name = first?.kind === 'word' && first.text.startsWith('$') ? first.text : null;
      return { kind: 'module', name, source: readModule(text, list) };
    }
    case 'invoke':
    case 'get':
      return { kind: 'action', action: readAction(text, list) };
    case 'assert_return':
      return { kind: 'return', action: readAction(text, first), results: rest.map(textOf(text)) };
    case 'assert_trap':
    case 'assert_exhaustion': {
      const message = messageOf(rest.at(-1));
      return headOf(first) === 'module'
        ? { kind: 'module traps', source: readModule(text, first), message }
        : { kind: 'trap', action: readAction(text, first), message };
    }
    case 'assert_invalid':
      return refused('invalid');
    case 'assert_malformed':
      return refused('malformed');
    case 'assert_unlinkable':
      return refused('unlinkable');
    case 'register':
      return { kind: 'register', module: rest[0] === undefined ? null : headOf(rest[0]) };
    default:
      return { kind: 'other', what: head };
  }

  function refused(of: 'invalid' | 'malformed' | 'unlinkable'): Unplaced {
    return { kind: 'refused', of, why: messageOf(rest.at(-1)), source: readModule(text, first) };
  }
}

function readModule(text: string, expression: Expression | undefined): ModuleSource {
  if (expression?.kind !== 'list') throw new Error('a module is a list');
  const { items, start, end } = expression;
  const form = items.findIndex((item) => item.kind === 'word' && ['binary', 'quote'].includes(item.text));
  if (form === -1 || form > 2) return { kind: 'text', text: text.slice(start, end) };
  const bytes = items
    .slice(form + 1)
    .flatMap((item) => (item.kind === 'string' ? Array.from(item.bytes) : []));
  if (headOf(items[form]) === 'binary') return { kind: 'binary', bytes: Uint8Array.from(bytes) };
  const quoted = new TextDecoder().decode(Uint8Array.from(bytes));
  return { kind: 'text', text: quoted.includes('(module') ? quoted : `(module ${quoted})` };
}

function readAction(text: string, expression: Expression | undefined): Action {
  const kind = headOf(expression) === 'get' ? 'get' : 'invoke';
  const items = expression?.kind === 'list' ? expression.items.slice(1) : [];
  const place = items.findIndex((item) => item.kind === 'string');
  const module = place === 0 ? null : headOf(items[0]);
  return { kind, module, name: messageOf(items[place]), args: items.slice(place + 1).map(textOf(text)) };
}

const textOf =
  (text: string) =>
  ({ start, end }: Expression): string =>
    text.slice(start, end);

const messageOf = (expression: Expression | undefined): string =>
  expression?.kind === 'string' ? new TextDecoder().decode(expression.bytes) : '';

const lineStarts = (text: string): readonly number[] => [
  0,
  ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1),
];
