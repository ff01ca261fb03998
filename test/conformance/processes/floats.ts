/** A module that shows the bits of every NaN that arithmetic can make, in its memory. */
import { type InstructionInfo, allInstructions } from '../../../core/wasm/instructions';

const operands = {
  f64: [
    '0',
    '-0',
    '1',
    '-1.5',
    'inf',
    '-inf',
    'nan',
    '-nan',
    'nan:0x4000000000001',
    '-nan:0x123',
    'nan:0x8000000000abc',
    '0x1p-1074',
  ],
  f32: [
    '0',
    '-0',
    '1',
    '-1.5',
    'inf',
    '-inf',
    'nan',
    '-nan',
    'nan:0x200001',
    '-nan:0x123',
    'nan:0x400abc',
    '0x1p-149',
  ],
} as const;

type Float = keyof typeof operands;
const isFloat = (type: string): type is Float => type === 'f32' || type === 'f64';

const sizeOf = { f32: 4, f64: 8, i32: 4, i64: 8 } as const;
const placeOf = { f32: 0, f64: 1024 } as const;
const results = 4096;

/** Those on floats that trap for none of them. */
const shown = allInstructions.filter(
  ({ takes, gives, mayTrap, immediate }) =>
    takes.length > 0 && takes.every(isFloat) && gives.length === 1 && !mayTrap && immediate === 'none',
);

/** Each function, by the name of an instruction, writes one result for each combination of operands. */
export const floatsText = (): string => `(module (memory (export "m") 1)
  ${(['f32', 'f64'] as const).map(dataOf).join('\n')}
  ${shown.map(loopOf).join('\n')}
  ${shown.map(foldedOf).join('\n')})`;

/** Puts the operands where the loops find them. */
function dataOf(type: Float): string {
  const stores = operands[type].map(
    (value, index) =>
      `(${type}.store (i32.const ${placeOf[type] + index * sizeOf[type]}) (${type}.const ${value}))`,
  );
  return `(func $put_${type} ${stores.join(' ')})`;
}

const resultType = ({ gives }: InstructionInfo): keyof typeof sizeOf => {
  const [type] = gives;
  if (type === 'i32' || type === 'i64' || type === 'f32' || type === 'f64') return type;
  throw new Error('a number is given');
};

/** In loops, over operands from memory: what compilers of several tiers compile to instructions of the machine. */
function loopOf(info: InstructionInfo): string {
  const type = info.takes[0] === 'f32' ? 'f32' : 'f64';
  const count = operands[type].length;
  const given = resultType(info);
  const load = (index: string) =>
    `(${type}.load offset=${placeOf[type]} (i32.mul (local.get ${index}) (i32.const ${sizeOf[type]})))`;
  const taken = info.takes.length === 2 ? `${load('$i')} ${load('$j')}` : load('$i');
  return `(func (export "${info.name}") (local $i i32) (local $j i32) (call $put_${type})
    (loop $outer (local.set $j (i32.const 0))
      (loop $inner
        (${given}.store offset=${results}
          (i32.mul (i32.const ${sizeOf[given]}) (i32.add (i32.mul (local.get $i) (i32.const ${count})) (local.get $j)))
          (${info.name} ${taken}))
        (br_if $inner (i32.lt_u (local.tee $j (i32.add (local.get $j) (i32.const 1))) (i32.const ${count}))))
      (br_if $outer (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const ${count})))))`;
}

/** On constants: what compilers compute themselves. */
function foldedOf(info: InstructionInfo): string {
  const type = info.takes[0] === 'f32' ? 'f32' : 'f64';
  const given = resultType(info);
  const constants = operands[type].map((value) => `(${type}.const ${value})`);
  const taken =
    info.takes.length === 2
      ? constants.flatMap((left) => constants.map((right) => `${left} ${right}`))
      : constants;
  const stores = taken.map(
    (values, index) =>
      `(${given}.store (i32.const ${results + index * sizeOf[given]}) (${info.name} ${values}))`,
  );
  return `(func (export "${info.name} folded") ${stores.join(' ')})`;
}
