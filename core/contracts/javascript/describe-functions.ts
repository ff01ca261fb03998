/** The interface of a contract in JavaScript, from its exported functions and the comments before them. */
import type { Diagnostic } from '../build';
import { errorIn } from '../diagnostic';
import type { ContractInterface, Method, Parameter } from '../interface';
import { docCommentOf, docCommentOfFile } from './doc-comment';
import { parametersOf } from './parameters';
import { docTypeToText } from './types';
import { offsetToLine } from '../../javascript/script-place';

/** An exported function as it was found when the contract ran. */
export interface ExportedFunction {
  readonly name: string;
  /** Its text, as the language gives it. */
  readonly text: string;
  /** The text of the file that it is in, and the file's path. */
  readonly file: string;
  readonly path: string;
}

export interface DescribedFunctions {
  readonly contract: ContractInterface;
  readonly diagnostics: readonly Diagnostic[];
}

/** `file` is the text of the contract itself. A function `receive` takes any message and is no method. */
export function describeFunctions(functions: readonly ExportedFunction[], file: string): DescribedFunctions {
  const methods = functions.filter(({ name }) => name !== 'receive');
  const doc = docCommentOfFile(file);
  return {
    contract: {
      kernelscope: 1,
      ...(doc === null ? {} : { doc }),
      methods: methods.map(describeFunction),
      records: [],
    },
    diagnostics: functions.flatMap(mistakesOf),
  };
}

function describeFunction({ name, text, file }: ExportedFunction): Method {
  const { words, typeByName, result } = docCommentOf(text, file);
  const params = parametersOf(text).map((parameter, index): Parameter => {
    const parameterName = parameter.name ?? `arg${index}`;
    const type = docTypeToText(typeByName.get(parameterName) ?? '');
    const isOptional = parameter.hasDefault && !type.startsWith('option<');
    return { name: parameterName, type: isOptional ? `option<${type}>` : type };
  });
  const isNothing = result === 'void' || result === 'undefined';
  return {
    name,
    ...(words === null ? {} : { doc: words }),
    params,
    result: isNothing ? null : docTypeToText(result ?? ''),
  };
}

function mistakesOf({ name, text, file, path }: ExportedFunction): readonly Diagnostic[] {
  const parameters = parametersOf(text);
  const words = parameters.some(({ isRest }) => isRest)
    ? `${name} takes any number of arguments; a message gives as many as its method has parameters`
    : name === 'receive' && parameters.length > 0
      ? 'receive takes any message: it has no parameters; use args()'
      : null;
  if (words === null) return [];
  const place = offsetToLine(file, Math.max(0, file.indexOf(text)));
  return [errorIn(path, words, { ...place, length: text.indexOf('(') })];
}
