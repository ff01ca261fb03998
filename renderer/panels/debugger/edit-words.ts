/** Changes by hand in words. */
import type { GivenAnswer } from '../../../core/studio/protocol/wire';
import type { MadeEdit } from '../../store/debug/edits';
import { answeredCalls } from '../../ui/receipts/answered-calls';
import { offsetText } from '../../ui/values/hex-rows';
import { valueToSummary } from '../../ui/values/value-text';

interface EditWords {
  readonly what: string;
  /** `null` for an answer, which takes the place of nothing. */
  readonly before: string | null;
  readonly after: string;
}

export function editWords({ edited, place }: MadeEdit): EditWords {
  switch (edited.kind) {
    case 'local':
    case 'operand':
    case 'global': {
      const { kind, index, name, before, after } = edited;
      const of = kind === 'global' ? '' : ` of ${place.functionName ?? `function ${place.function}`}`;
      const what = name ?? (kind === 'local' ? `$${index}` : `${kind} ${index}`);
      return { what: `${what}${of}`, before: valueToSummary(before), after: valueToSummary(after) };
    }
    case 'memory':
      return {
        what: `memory at 0x${offsetText(edited.address)}`,
        before: valueToSummary(edited.before.bytes, 24),
        after: valueToSummary(edited.after.bytes, 24),
      };
    case 'answer':
      return { what: answeredCalls(edited.answer), before: null, after: answerWords(edited.answer) };
  }
}

const answerWords = (answer: GivenAnswer): string =>
  'fail' in answer ? `fails: ${answer.fail}` : `gives ${valueToSummary(answer.value)}`;
