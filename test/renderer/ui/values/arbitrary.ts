/** Values of the data model as they cross to the window, for property tests. */
import fc from 'fast-check';
import type { WireValue } from '../../../../core/studio/protocol/wire';
import { narrowInteger } from '../../../../renderer/ui/values/parse-value';

export const scalar: fc.Arbitrary<WireValue> = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.integer(),
  fc.bigInt().map(narrowInteger),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.string({ unit: 'binary' }),
  fc.uint8Array({ maxLength: 40 }),
  fc.string().map((cid) => ({ '/': cid })),
);

export const wireValues: fc.Arbitrary<WireValue> = fc.letrec<{ value: WireValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 6 }),
    fc.dictionary(fc.string({ unit: 'binary' }), tie('value'), { maxKeys: 6 }),
  ),
})).value;
