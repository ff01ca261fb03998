import { expect, test } from 'vitest';
import { textToBytes } from '../../../../core/base/bytes';
import { encodeValue } from '../../../../core/base/value';
import { datumToText } from '../../../../core/debugger/expression/datum';
import { evaluate } from '../../../../core/debugger/expression/evaluate';
import { parseExpression } from '../../../../core/debugger/expression/parse';
import { scopeAt } from '../../../../core/debugger/expression/scope';
import { finish } from '../../../../core/debugger/steps';
import { emptyTree } from '../../../../core/state/tree';
import { watToWasm } from '../../../fixtures/wat';
import { debugCode, openSession } from '../sessions';

const code = debugCode(
  watToWasm(`(module
    (import "kernel" "state_set" (func $set (param i32 i32 i32 i32)))
    (memory (export "memory") 1)
    (data (i32.const 0) "keyvalue")
    (global $bank/total (mut i64) (i64.const -5))
    (func $inner (param $n i32) (local $gas f64)
      (local.set $gas (f64.const 1.5))
      (call $set (i32.const 0) (i32.const 3) (i32.const 3) (i32.const 5)))
    (func (export "run") (call $inner (i32.const 42))))`),
);

function openAtCall() {
  const before = emptyTree.with([[textToBytes('key'), encodeValue({ balance: 2 ** 60 })]]);
  const session = openSession(code, 'run', { inputs: { before, time: 9 } });
  for (let count = 0; session.timeline.machine.nextImport() === null; count++) {
    finish(session.move({ kind: 'to count', count }));
  }
  return session;
}

test('names are the code’s first, those with a $ the debugger’s; each call has its own', () => {
  const session = openAtCall();
  const shown = (source: string, frame = 0) => {
    const expression = parseExpression(source);
    if (!expression.ok) return expression.error.message;
    const value = evaluate(expression.value, scopeAt(session.timeline, code, frame), source);
    return value.ok ? datumToText(value.value) : value.error.message;
  };
  expect(
    Object.fromEntries(
      [
        'n',
        '$n',
        '$0',
        '$1 + 1',
        'gas',
        'total',
        '`bank/total`',
        '$globals[0]',
        '$locals["n"]',
        '$operands[1]',
        '$time + $depth',
        '$method',
        '$from',
        '$import',
        '$call.key + $call[0]',
        '$state["key"].balance',
        '$before["nobody"]',
        '$text(3, 5)',
        'nobody',
        '$state',
      ].map((source) => [source, shown(source)]),
    ),
  ).toMatchInlineSnapshot(`
    {
      "$0": "42",
      "$1 + 1": "2.5",
      "$before["nobody"]": "null",
      "$call.key + $call[0]": "keykey",
      "$from": "null",
      "$globals[0]": "-5",
      "$import": "kernel.state_set",
      "$locals["n"]": "42",
      "$method": "run",
      "$n": "42",
      "$operands[1]": "3",
      "$state": "this can only be looked into, as in $state["key"] or $locals[0]",
      "$state["key"].balance": "1152921504606846976",
      "$text(3, 5)": "value",
      "$time + $depth": "11",
      "\`bank/total\`": "-5",
      "gas": "1.5",
      "n": "42",
      "nobody": "there is no nobody here",
      "total": "-5",
    }
  `);
  expect(shown('n', 1)).toBe('there is no n here');
  finish(session.move({ kind: 'to end' }));
  expect(shown('n')).toBe('there is no n here');
  expect(shown('$text(0, 3) + $method')).toBe('keyrun');
});
