import { type MadeEdit, readEdits } from './edits';
import { useAtStop } from './use-stop';

/** What was changed in the session in front, in the order of the run; nothing while it is not known. */
export function useEdits(): readonly MadeEdit[] {
  const answer = useAtStop('edits', readEdits);
  return answer?.state === 'ready' ? answer.value : none;
}

const none: readonly MadeEdit[] = [];
