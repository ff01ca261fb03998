/** Answers given by hand in place of what an import would return. */
import type { Answer } from '../environment/answer';
import { Refusal } from './guest';
import type { DeclaredFunction, Returned } from './import-set';
import { valueToReturned } from './returned';

/** The last answer that fits the Nth call of an import. */
export const findAnswer = (answers: readonly Answer[], qualified: string, nth: number): Answer | undefined =>
  answers.findLast(
    (candidate) => candidate.import === qualified && (candidate.call === undefined || candidate.call === nth),
  );

/**
 * What the import's handler would have returned. Throws a {@link Refusal} for an answer that says so, and for one that the
 * import could never have given.
 */
export function answerToReturned(answer: Answer, declared: DeclaredFunction): Returned {
  if ('fail' in answer) throw new Refusal('refused', answer.fail);
  return valueToReturned(answer.value, declared, `the answer given for ${answer.import}`);
}
