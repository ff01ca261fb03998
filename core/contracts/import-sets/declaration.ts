/** An import set as its author declares it: the default export of a script. */
import { z } from 'zod';
import {
  bytesForm,
  declaredGas,
  importName,
  mostFunctions,
  mostParams,
  scalarType,
} from '../../imports/carried-set';
import { type Result, err, ok } from '../../base/result';
import type { DeclaredFunction, DeclaredSet, Param } from '../../imports/import-set';

/** Stands for a function in what a script tells of its set. */
export const functionMark = '(a function)';

/** What costs nothing else costs this much. */
const leastGas = { base: 100, perByte: 1 };

const types = [...scalarType.options, ...bytesForm.options];
const type = z.enum(types, `expected a type: ${types.join(', ')}`);
const doc = z.string('expected some words for its users').min(1, 'expected some words for its users');

/** Names must do in every language. */
const name = importName.refine((text) => !words.test(text), 'it is a word of the language');
const words =
  /^(async|await|break|case|catch|class|const|continue|debugger|declare|default|delete|do|else|enum|export|extends|false|finally|for|function|if|implements|import|in|instanceof|interface|let|new|null|of|package|private|protected|public|return|static|super|switch|this|throw|true|try|type|typeof|var|void|while|with|yield)$/;

const declaredFunction = z.strictObject({
  doc,
  params: z
    .record(name, type)
    .refine((params) => Object.keys(params).length < mostParams, `at most ${mostParams - 1} parameters`)
    .default({}),
  result: type.nullable().default(null),
  gas: z
    .strictObject({
      base: declaredGas.default(leastGas.base),
      perByte: declaredGas.default(leastGas.perByte),
    })
    .default(leastGas),
  run: z.literal(functionMark, 'expected a function'),
});

const declaration = z.strictObject(
  {
    doc,
    functions: z
      .record(name, declaredFunction)
      .refine(
        (functions) => Object.keys(functions).length <= mostFunctions,
        `at most ${mostFunctions} functions`,
      ),
  },
  'expected `export default { doc, functions }`',
);

/** From the JSON of a default export; an error in words, of the first mistake. */
export function readDeclaration(set: string, exported: unknown): Result<DeclaredSet, string> {
  const parsed = declaration.safeParse(exported);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = issue?.path.join('.') ?? '';
    const message = (issue?.code === 'invalid_key' ? issue.issues[0] : issue)?.message ?? '';
    return err(`${place === '' ? '' : `${place}: `}${message}`);
  }
  const { doc, functions } = parsed.data;
  return ok({
    name: set,
    doc,
    functions: Object.fromEntries(
      Object.entries(functions).map(([functionName, declared]) => [functionName, toFunction(declared)]),
    ),
  });
}

function toFunction({ doc, params, result, gas }: z.infer<typeof declaredFunction>): DeclaredFunction {
  const taken = Object.entries(params).map(([param, of]): Param =>
    isScalar(of) ? { kind: 'scalar', name: param, type: of } : { kind: 'in', name: param, form: of },
  );
  return result === null || isScalar(result)
    ? { doc, params: taken, result, gas }
    : { doc, params: [...taken, { kind: 'out', name: 'out', form: result }], result: 'i32', gas };
}

type TypeName = z.infer<typeof type>;

const isScalar = (of: TypeName): of is z.infer<typeof scalarType> => scalarType.safeParse(of).success;
