/** What a run was given, in rows of facts. */
import type { GivenAnswer } from '../../../core/studio/protocol/wire';
import { AddressLink } from '../links';
import { ValueText } from '../values/ValueTree';
import { Fact } from './Facts';
import { answeredCalls } from './answered-calls';

/** As an environment tells it. */
interface Given {
  readonly message: { readonly from: string | null; readonly to: string; readonly method: string };
  readonly gasLimit: number;
  readonly time: number;
  readonly seed: number;
  readonly pages: number;
  readonly stack: number;
  readonly answers: readonly GivenAnswer[];
}

export function GivenFacts({ given }: { given: Given }) {
  const { message, gasLimit, time, seed, pages, stack, answers } = given;
  const count = (value: number): string => value.toLocaleString('en');
  return (
    <>
      <Fact name="Message">
        <code>{message.method}</code>
        {' to '}
        <AddressLink address={message.to} />
        {message.from === null ? ', a signal' : ' from '}
        {message.from !== null && <AddressLink address={message.from} />}
      </Fact>
      <Fact name="Gas limit">{count(gasLimit)}</Fact>
      <Fact name="Time">{count(time)}</Fact>
      <Fact name="Random seed">{String(seed)}</Fact>
      <Fact name="Memory limit">{`${count(pages)} pages of 64 KiB`}</Fact>
      <Fact name="Stack limit">{`${count(stack)} slots of 8 bytes`}</Fact>
      <Fact name="Answers">
        {answers.length === 0
          ? 'none given by hand'
          : answers.map((answer, index) => (
              <div key={index}>
                {answeredCalls(answer)}
                {'fail' in answer ? (
                  ` fails: ${answer.fail}`
                ) : (
                  <>
                    {' gives '}
                    <ValueText value={answer.value} />
                  </>
                )}
              </div>
            ))}
      </Fact>
    </>
  );
}
