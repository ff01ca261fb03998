/** Whether what a step expects came about. */
import { bytesEqual, textToBytes } from '../base/bytes';
import { type Value, decodeValue, isLink, isValueMap } from '../base/value';
import { type Outcome, outcomeToText } from '../environment/outcome';
import type { WorldView } from '../kernel/world-view';
import { textToBytesOrSame } from './arguments';
import type { Expectation, ExpectedOutcome } from './scenario';

/** What came of a signal, itself and all that followed. */
export interface Aftermath {
  readonly outcome: Outcome;
  readonly messages: number;
  readonly logs: readonly string[];
  readonly world: WorldView;
}

export interface Judgement {
  readonly held: boolean;
  /** Both as people would write them; an outcome is its text. */
  readonly expected: Value;
  /** `undefined` when there is no such kernel or key. */
  readonly found: Value | undefined;
}

export function judge(expectation: Expectation, { outcome, messages, logs, world }: Aftermath): Judgement {
  const { kind, expected } = expectation;
  switch (kind) {
    case 'outcome':
      return {
        held: isOutcome(expected, outcome),
        expected: describe(expected),
        found: outcomeToText(outcome),
      };
    case 'reply': {
      const bytes = outcome.kind === 'ok' ? outcome.reply : null;
      return { held: holds(expected, bytes), expected, found: bytes === null ? null : readable(bytes) };
    }
    case 'messages':
      return { held: messages === expected, expected, found: messages };
    case 'log':
      return { held: isSame(expected, logs), expected, found: logs };
    case 'state': {
      const kernel = world.kernel(expectation.kernel);
      const bytes = kernel?.state.get(textToBytes(expectation.key)) ?? null;
      return {
        held: kernel !== undefined && holds(expected, bytes),
        expected,
        found: bytes === null ? undefined : readable(bytes),
      };
    }
  }
}

/** Bytes as the value they hold, or as they are. */
export function readable(bytes: Uint8Array): Value {
  const decoded = decodeValue(bytes);
  return decoded.ok ? decoded.value : bytes;
}

const describe = (expected: ExpectedOutcome): string =>
  expected.kind === 'ok' ? 'ok' : `${expected.kind}: ${expected.words}`;

function isOutcome(expected: ExpectedOutcome, found: Outcome): boolean {
  if (expected.kind !== found.kind) return false;
  return (
    expected.kind === 'ok' || outcomeToText(found).slice(`${found.kind}: `.length).includes(expected.words)
  );
}

/** `null` holds where there is nothing, too; bytes hold for the very bytes and for a value that is these bytes. */
function holds(expected: Value, bytes: Uint8Array | null): boolean {
  if (bytes === null) return expected === null;
  const raw = textToBytesOrSame(expected);
  return (raw instanceof Uint8Array && bytesEqual(raw, bytes)) || isSame(expected, readable(bytes));
}

/** Equality of values. Numbers are equal when they are the same number, be it kept as an integer or as a float. */
export function isSame(expected: Value, found: Value): boolean {
  if (expected === found) return true;
  if (found instanceof Uint8Array) {
    const bytes = textToBytesOrSame(expected);
    return bytes instanceof Uint8Array && bytesEqual(bytes, found);
  }
  if (typeof expected === 'bigint' || typeof found === 'bigint') return isSameNumber(expected, found);
  if (Array.isArray(expected)) {
    return (
      Array.isArray(found) &&
      expected.length === found.length &&
      expected.every((item: Value, index) => isSame(item, found[index]))
    );
  }
  if (isLink(expected)) return isLink(found) && expected.equals(found);
  if (!isValueMap(expected) || !isValueMap(found)) return false;
  const keys = Object.keys(expected);
  return (
    keys.length === Object.keys(found).length &&
    keys.every((key) => {
      const [left, right] = [expected[key], found[key]];
      return left !== undefined && right !== undefined && Object.hasOwn(found, key) && isSame(left, right);
    })
  );
}

function isSameNumber(left: Value, right: Value): boolean {
  if (typeof left === 'number') return Number.isInteger(left) && BigInt(left) === right;
  return typeof right === 'number' ? Number.isInteger(right) && BigInt(right) === left : left === right;
}
