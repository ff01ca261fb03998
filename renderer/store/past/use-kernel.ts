import { useState } from 'react';
import type { StudioReturns } from '../../../core/studio/protocol/studio';
import { usePast } from '../context';
import type { Answer } from './past-cache';
import { useAnswer } from './use-answer';

type KernelAnswer = Answer<StudioReturns<'world.kernel'>>;

/** A kernel and its interface, after the first `at` receipts. What was known of it stays while a later version loads. */
export function useKernel(address: string, at: number): KernelAnswer {
  const answer = useAnswer(usePast().kernel, { address, at });
  const [known, setKnown] = useState({ address, answer });
  if (known.answer !== answer && (answer.state !== 'loading' || known.address !== address)) {
    setKnown({ address, answer });
  }
  return answer.state === 'loading' && known.address === address ? known.answer : answer;
}
