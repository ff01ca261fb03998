/**
 * Programs in WebAssembly text that are all control: blocks with parameters and several results, branches over operands,
 * tables of branches, code that can't be reached, calls of all kinds. Made from a list of choices, 0 the plainest, so that
 * a shorter list is a simpler program.
 */

type Type = 'i32' | 'i64' | 'f64';

interface Signature {
  readonly params: readonly Type[];
  readonly results: readonly Type[];
}

/** What a branch to it takes along. */
type Label = readonly Type[];

/** All calls and rounds of a run together; then it traps. */
const fuel = 300;

const types: readonly Type[] = ['i32', 'i64', 'f64'];
const locals: readonly Type[] = [...types, ...types];

export function programOf(choices: readonly number[]): string {
  let next = 0;
  /** A number below `bound`. */
  const choose = (bound: number): number => (choices[next++] ?? 0) % bound;
  const pick = <T>(items: readonly T[]): T => items[choose(items.length)] as T;
  const someTypes = (): Type[] => Array.from({ length: choose(4) }, () => pick(types));

  const signatures: Signature[] = Array.from({ length: 2 + choose(3) }, () => ({
    params: someTypes(),
    results: someTypes(),
  }));
  const functions = signatures.map((signature, index) => functionOf(signature, index));
  return `(module (memory 1 3) (global $fuel (mut i32) (i32.const ${fuel})) (global $g (mut i64) (i64.const 9))
    (table $t ${signatures.length + 2} 20 funcref) (table $u 4 funcref)
    (elem (table $t) (i32.const 1) func ${signatures.map((_, index) => `$f${index}`).join(' ')})
    (elem $passive func $f0 $f1) (data $bytes "0123456789")
    ${functions.join('\n')})`;

  function functionOf(signature: Signature, index: number): string {
    const lines: string[] = [];
    const first = signature.params.length;
    const emit = (line: string): void => void lines.push(line);
    const constant = (type: Type): string => `${type}.const ${pick([0, 1, 2, 5, 100, -1])}`;
    const local = (type: Type): number => {
      const places = locals.flatMap((candidate, place) => (candidate === type ? [first + place] : []));
      return pick(places);
    };
    const push = (wanted: readonly Type[]): void => {
      for (const type of wanted) emit(choose(2) === 0 ? constant(type) : `local.get ${local(type)}`);
    };

    const burn =
      'global.get $fuel i32.eqz if unreachable end global.get $fuel i32.const 1 i32.sub global.set $fuel';
    const text = (name: string, list: readonly Type[]): string =>
      list.length === 0 ? '' : `(${name} ${list.join(' ')})`;
    const blockType = (params: readonly Type[], results: readonly Type[]): string =>
      `${text('param', params)} ${text('result', results)}`;

    /** Whether code goes on after it. */
    function statement(stack: Type[], labels: readonly Label[], depth: number): boolean {
      const top = stack.at(-1);
      switch (choose(depth > 4 ? 9 : 17)) {
        case 0:
          stack.push(pick(types));
          push(stack.slice(-1));
          return true;
        case 1:
          if (top !== undefined) emit(`local.set ${local(top)}`);
          stack.pop();
          return true;
        case 2: {
          const [left, right] = stack.slice(-2);
          if (left !== right || right === undefined) return true;
          const operations =
            right === 'f64' ? ['add', 'min', 'copysign'] : ['add', 'sub', 'xor', 'div_s', 'rotl', 'shr_u'];
          emit(`${right}.${pick(operations)}`);
          stack.pop();
          return true;
        }
        case 3:
          return memory(stack, top);
        case 4:
          return reachOut(stack, labels);
        case 5: {
          if (top === undefined) return true;
          push([top, 'i32']);
          emit('select');
          return true;
        }
        case 6:
          return call(stack, pick(['call', 'indirect', 'tail', 'tail indirect'] as const));
        case 7:
          if (top !== undefined) emit(`local.tee ${local(top)}`);
          return true;
        case 8:
          return table(stack);
        default:
          block(stack, labels, depth);
          return true;
      }
    }

    function memory(stack: Type[], top: Type | undefined): boolean {
      if (top === undefined) return true;
      const address = `${['i32.const 65530', 'i32.const 8', 'i32.const -1', 'i32.const 1000'][choose(4)]}`;
      if (choose(2) === 0) {
        emit(`local.set ${local(top)} ${address} local.get ${local(top)} ${top}.store offset=3`);
        stack.pop();
      } else if (top === 'i32') emit('i32.const 65535 i32.and i32.load16_s offset=1');
      else if (choose(4) === 0) {
        emit('i32.const 1 memory.grow');
        stack.push('i32');
      } else
        emit(
          'i32.const 3 i32.const 7 i32.const 12 memory.copy i32.const 20 i32.const 2 i32.const 5 memory.init $bytes',
        );
      return true;
    }

    function table(stack: Type[]): boolean {
      const sized = pick([
        'i32.const 0 i32.const 1 i32.const 2 table.copy $u $t table.size $t',
        'i32.const 1 i32.const 0 i32.const 1 table.init $u $passive table.size $u',
        'ref.func $f0 i32.const 1 table.grow $t',
        'i32.const 0 table.get $u ref.is_null',
        'i32.const 3 ref.func $f1 i32.const 1 table.fill $u i32.const 1 table.get $t ref.is_null',
      ]);
      emit(sized);
      stack.push('i32');
      return true;
    }

    /** A branch out of here, or maybe. */
    function reachOut(stack: Type[], labels: readonly Label[]): boolean {
      const depth = choose(labels.length);
      const taken = labels[labels.length - 1 - depth] ?? [];
      switch (choose(4)) {
        case 0:
          push([...taken, 'i32']);
          emit(`br_if ${depth}`);
          stack.push(...taken);
          return true;
        case 1:
          push(taken);
          emit(`br ${depth}`);
          return false;
        case 2: {
          const fitting = labels.flatMap((label, place) =>
            label.join() === taken.join() ? [labels.length - 1 - place] : [],
          );
          push([...taken, 'i32']);
          emit(`br_table ${Array.from({ length: choose(5) }, () => pick(fitting)).join(' ')} ${depth}`);
          return false;
        }
        default:
          push(signature.results);
          emit('return');
          return false;
      }
    }

    function call(stack: Type[], how: 'call' | 'indirect' | 'tail' | 'tail indirect'): boolean {
      const isTail = how.startsWith('tail');
      const fitting = signatures.flatMap((candidate, callee) =>
        !isTail || candidate.results.join() === signature.results.join() ? [callee] : [],
      );
      const callee = pick(fitting);
      const { params, results } = signatures[callee] ?? signature;
      push(params);
      const type = blockType(params, results);
      if (how === 'call') emit(`call $f${callee}`);
      if (how === 'tail') emit(`return_call $f${callee}`);
      if (how === 'indirect') emit(`i32.const ${callee + 1} call_indirect $t ${type}`);
      if (how === 'tail indirect') emit(`i32.const ${callee + choose(4)} return_call_indirect $t ${type}`);
      stack.push(...results);
      return !isTail;
    }

    function block(stack: Type[], labels: readonly Label[], depth: number): void {
      const params = stack.splice(stack.length - choose(Math.min(3, stack.length + 1)));
      const results = someTypes();
      const kind = pick(['block', 'loop', 'if', 'if else'] as const);
      if (kind.startsWith('if')) push(['i32']);
      emit(`${kind.split(' ')[0]} ${blockType(params, kind === 'if' ? params : results)}`);
      const given = kind === 'if' ? params : results;
      if (kind === 'loop') emit(burn);
      body([...params], given, [...labels, kind === 'loop' ? params : given], depth + 1);
      if (kind === 'if else') {
        emit('else');
        body([...params], given, [...labels, given], depth + 1);
      }
      emit('end');
      stack.push(...given);
    }

    /** From these operands to those. */
    function body(stack: Type[], results: readonly Type[], labels: readonly Label[], depth: number): void {
      for (let count = choose(7); count > 0; count--) {
        if (statement(stack, labels, depth)) continue;
        // Never run, and yet it has to be gone over.
        for (let dead = choose(4); dead > 0; dead--) {
          emit(
            pick([
              'nop',
              'i32.const 1 drop',
              'drop',
              'i32.add drop',
              'block br 0 end',
              'loop nop end',
              'unreachable',
            ]),
          );
        }
        return;
      }
      for (const type of stack.toReversed()) emit(`local.set ${local(type)}`);
      push(results);
    }

    emit(burn);
    body([], signature.results, [signature.results], 0);
    return `(func $f${index} ${blockType(signature.params, signature.results)} (local ${locals.join(' ')})\n${lines.join('\n')})`;
  }
}
