/** A YAML text as values of the dag-cbor data model, in which every value and key can be found again. */
import { CID } from 'multiformats/cid';
import {
  type Document,
  type Node,
  LineCounter,
  type ScalarTag,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
} from 'yaml';
import { type Fault, type Position, fault } from '../base/fault';
import { type Result, err, ok } from '../base/result';
import type { Value } from '../base/value';

/** Keys and list indexes that lead from the top to a value. */
export type Path = readonly (string | number)[];

export interface Source {
  readonly value: Value;
  /** Where the value at `path` begins, or the nearest one above it that is in the text. */
  locate(path: Path): Position;
  /** Where the key at the end of `path` stands. */
  locateKey(path: Path): Position;
}

export type SourceFault = Fault<'bad-yaml'>;

/** More values than this are an attack by aliases, or a file that nobody wrote. */
const mostValues = 1_000_000;
const deepestNesting = 500;
const tooDeep = `nested more than ${deepestNesting} deep`;
const widestInteger = 1n << 64n;

/** Reads YAML 1.2, with `_` allowed between the digits of a decimal integer. `0x…` stays text. */
export function readSource(text: string, file: string): Result<Source, readonly SourceFault[]> {
  const lines = new LineCounter();
  const document = parse(text, lines);
  const resolved = createAliases(document);
  const positionAt = (from: number, to = from): Position => {
    const { line, col } = lines.linePos(from);
    return { file, line, column: Math.max(col, 1), length: Math.max(to - from, 1) };
  };
  if (document.errors.length > 0) {
    return err(
      document.errors.map(({ message, pos }) =>
        fault('bad-yaml', isStackEnd(message) ? tooDeep : message, { position: positionAt(pos[0], pos[1]) }),
      ),
    );
  }

  const faults: SourceFault[] = [];
  let budget = mostValues;
  const refuse = (node: Node | null, message: string): null => {
    faults.push(fault('bad-yaml', message, { position: positionOf(node) }));
    return null;
  };
  const positionOf = (node: Node | null): Position => {
    const [from, to] = node?.range ?? [0, 0];
    return positionAt(from, to);
  };
  const valueOf = (node: Node | null, depth: number): Value => {
    if (--budget < 0) {
      return budget === -1 ? refuse(node, `more than ${mostValues} values, aliases counted`) : null;
    }
    if (depth > deepestNesting) return refuse(node, tooDeep);
    if (node === null) return null;
    if (isAlias(node)) return valueOf(resolved(node), depth + 1);
    if (isSeq<Node>(node)) return node.items.map((item) => valueOf(item, depth + 1));
    if (isMap<Node, Node>(node)) {
      const entries = node.items.map(({ key, value }) => {
        if (!isScalar(key)) refuse(key, 'a key is a text, not a list or a map');
        return [keyText(key), valueOf(value, depth + 1)] as const;
      });
      return linkOf(entries) ?? Object.fromEntries(entries);
    }
    return isScalar(node) ? scalarOf(node.value, (message) => refuse(node, message)) : null;
  };

  const value = valueOf(document.contents, 0);
  if (faults.length > 0) return err(faults);
  return ok({
    value,
    locate: (path) => positionOf(nodeAt(document.contents, path, resolved)),
    locateKey: (path) =>
      positionOf(keyAt(document.contents, path, resolved) ?? nodeAt(document.contents, path, resolved)),
  });
}

const parse = (text: string, lineCounter: LineCounter): Document<Node> =>
  parseDocument<Node>(text, {
    lineCounter,
    prettyErrors: false,
    intAsBigInt: true,
    customTags: (tags) => [
      decimalInteger,
      ...tags.filter((tag) => typeof tag === 'string' || tag.tag !== decimalInteger.tag),
    ],
  });

// The parser is recursive, and says so when thousands of brackets have ended its stack.
const isStackEnd = (message: string): boolean => message.includes('call stack');

const decimalInteger: ScalarTag = {
  tag: 'tag:yaml.org,2002:int',
  default: true,
  test: /^[-+]?[0-9]+(_[0-9]+)*$/,
  resolve: (text) => BigInt(text.replaceAll('_', '').replace(/^\+/, '')),
};

function scalarOf(value: unknown, refuse: (message: string) => null): Value {
  if (typeof value === 'bigint') {
    if (value >= widestInteger || value < -widestInteger) return refuse(`${value} needs more than 64 bits`);
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }
  if (typeof value === 'number') return Number.isFinite(value) ? value : refuse(`${value} is not a value`);
  if (value instanceof Uint8Array) return Uint8Array.from(value);
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  return refuse('this is no kind of value that a contract knows');
}

/** The link that `{ "/": CID }` stands for. */
function linkOf(entries: readonly (readonly [string, Value])[]): CID | null {
  const [key, text] = entries[0] ?? [];
  if (entries.length !== 1 || key !== '/' || typeof text !== 'string') return null;
  try {
    return CID.parse(text);
  } catch {
    return null;
  }
}

const keyText = (key: Node | null): string =>
  isScalar(key) ? (key.source ?? String(key.value)) : String(key);

type Resolve = (node: Node | null) => Node | null;

/** What aliases stand for. Each is looked up once, for the look-up walks the whole document. */
function createAliases(document: Document<Node>): Resolve {
  const targets = new Map<Node, Node | null>();
  return (node) => {
    if (!isAlias(node)) return node;
    if (!targets.has(node)) targets.set(node, node.resolve(document) ?? null);
    return targets.get(node) ?? null;
  };
}

function nodeAt(top: Node | null, path: Path, resolved: Resolve): Node | null {
  let node = top;
  for (const step of path) {
    const next = childOf(resolved(node), step);
    if (next === null) break;
    node = next;
  }
  return node;
}

function keyAt(top: Node | null, path: Path, resolved: Resolve): Node | null {
  const parent = resolved(nodeAt(top, path.slice(0, -1), resolved));
  if (!isMap<Node, Node | null>(parent)) return null;
  return parent.items.find(({ key }) => keyText(key) === path.at(-1))?.key ?? null;
}

function childOf(node: Node | null, step: string | number): Node | null {
  if (isSeq<Node>(node)) return typeof step === 'number' ? (node.items[step] ?? null) : null;
  if (!isMap<Node, Node | null>(node)) return null;
  return node.items.find(({ key }) => keyText(key) === step)?.value ?? null;
}
