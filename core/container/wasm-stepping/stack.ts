/** The calls that are on, as they lie in the interpreter's memory. */
import { assert } from '../../base/result';
import type { CodePosition } from '../../environment/outcome';
import type { ValueType } from '../../wasm/shape';
import { localTypes, walkBody } from '../../wasm/walk-body';
import type { Interpreter } from './interpreter';
import type { Frame } from './machine';
import { Register, recordBytes } from './operations';
import type { SteppingParts } from './parts';

/** One call: where its parameters, its record and its topmost operand are. */
interface Place {
  readonly position: CodePosition;
  readonly frame: number;
  readonly record: number;
  readonly top: number;
}

export interface Stack {
  /** Makes a frame for a call from outside, with the parameters' bits, and stands at its start. */
  enter(functionIndex: number, parameters: readonly bigint[]): void;
  /** Positions of at most `count` calls, innermost first. */
  positions(first: number, count: number): CodePosition[];
  frames(first: number, count: number): Frame[];
  /** Takes operands from the top. */
  take(count: number): bigint[];
  put(bits: bigint): void;
  /** The operands on top, which stay; the topmost last. */
  top(count: number): bigint[];
  setLocal(frame: number, local: number, bits: bigint): void;
  setOperand(frame: number, operand: number, bits: bigint): void;
}

export function createStack(interpreter: Interpreter, { module, code, layout }: SteppingParts): Stack {
  const address = (at: number): number => interpreter.word(at) >>> 0;
  const operandTypesAt = new Map<number, readonly ValueType[]>();

  function* places(): Generator<Place> {
    let frame = address(Register.fp);
    let top = address(Register.sp);
    let position = code.map.positionAt(address(Register.pc));
    for (let depth = interpreter.word(Register.depth); depth > 0; depth--) {
      const record = frame + (code.functions[position.function]?.localBytes ?? 0);
      yield { position, frame, record, top };
      // The operands of the caller end where the parameters that it passed begin.
      top = frame - 8;
      frame = address(record + 4);
      position = code.map.positionBefore(address(record));
    }
  }

  function slice(first: number, count: number): Place[] {
    const found: Place[] = [];
    let index = 0;
    for (const place of places()) {
      if (index++ < first) continue;
      if (found.length === count) break;
      found.push(place);
    }
    return found;
  }

  function placeAt(index: number): Place {
    const [place] = slice(index, 1);
    assert(place !== undefined, `there is a call ${index}`);
    return place;
  }

  const bodyOf = (functionIndex: number) => {
    const body = module.bodies[functionIndex - module.importedFunctions];
    assert(body !== undefined, 'a frame has its function');
    return body;
  };

  /** Of all operands that the instruction finds. Kept: the same places are looked at again and again. */
  function operandTypes({ function: index, offset }: CodePosition): readonly ValueType[] {
    const known = operandTypesAt.get(offset);
    if (known !== undefined) return known;
    let types: readonly ValueType[] = [];
    walkBody(module, bodyOf(index), ({ instruction, operands }) => {
      if (instruction.at < offset) return true;
      types = operands.slice();
      return false;
    });
    operandTypesAt.set(offset, types);
    return types;
  }

  const firstOperand = ({ record }: Place): number => record + recordBytes;

  const operandCount = (place: Place): number => (place.top + 8 - firstOperand(place)) / 8;

  function placeToFrame(place: Place): Frame {
    const types = operandTypes(place.position);
    const typed = (type: ValueType, at: number) => ({ type, bits: interpreter.bits(at) });
    return {
      position: place.position,
      locals: localTypes(module, bodyOf(place.position.function)).map((type, index) =>
        typed(type, place.frame + 8 * index),
      ),
      operands: Array.from({ length: operandCount(place) }, (_, index) =>
        typed(types[index] ?? 'i64', firstOperand(place) + 8 * index),
      ),
    };
  }

  /** A value changes below what the last snapshot takes for unchanged. */
  function set(place: Place, at: number, type: ValueType | undefined, bits: bigint): void {
    assert(type !== undefined, 'there is such a value');
    interpreter.setBits(at, BigInt.asUintN(type === 'i64' || type === 'f64' ? 64 : 32, bits));
    if (place.frame < address(Register.lowestFrame)) interpreter.setWord(Register.lowestFrame, place.frame);
  }

  const top = (count: number): bigint[] => {
    const last = address(Register.sp);
    return Array.from({ length: count }, (_, index) => interpreter.bits(last - 8 * (count - 1 - index)));
  };

  return {
    enter(functionIndex, parameters) {
      const called = code.functions[functionIndex];
      assert(called !== undefined && called.entry !== 0, 'a call from outside has its code');
      // An empty slot below, as each frame has one.
      const frame = layout.stack + 8;
      const record = frame + called.localBytes;
      interpreter.bytes().fill(0, layout.stack, record + recordBytes);
      parameters.forEach((bits, index) => interpreter.setBits(frame + 8 * index, bits));
      interpreter.setWord(Register.fp, frame);
      interpreter.setWord(Register.sp, record + 8);
      interpreter.setWord(Register.pc, called.entry);
      interpreter.setWord(Register.depth, 1);
      interpreter.setWord(Register.lowestFrame, layout.stack);
    },
    positions: (first, count) => slice(first, count).map(({ position }) => position),
    frames: (first, count) => slice(first, count).map(placeToFrame),
    top,
    take(count) {
      const taken = top(count);
      interpreter.setWord(Register.sp, address(Register.sp) - 8 * count);
      return taken;
    },
    put(bits) {
      const at = address(Register.sp) + 8;
      interpreter.setWord(Register.sp, at);
      interpreter.setBits(at, bits);
    },
    setLocal(frame, local, bits) {
      const place = placeAt(frame);
      const types = localTypes(module, bodyOf(place.position.function));
      set(place, place.frame + 8 * local, types[local], bits);
    },
    setOperand(frame, operand, bits) {
      const place = placeAt(frame);
      assert(operand < operandCount(place), `there is an operand ${operand}`);
      set(place, firstOperand(place) + 8 * operand, operandTypes(place.position)[operand], bits);
    },
  };
}
