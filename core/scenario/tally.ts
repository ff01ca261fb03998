import type { ScenarioEvent, SummaryEvent } from './events';
import type { Scenario } from './scenario';

/** Counts what a run tells, for its summary. */
export interface Tally {
  add(event: ScenarioEvent): void;
  summary(): SummaryEvent;
}

export function createTally({ steps }: Scenario): Tally {
  let takenSteps = 0;
  let heldSteps = 0;
  let expectations = 0;
  let failedExpectations = 0;
  let messages = 0;
  let gasUsed = 0;
  let faults = 0;
  return {
    add(event) {
      if (event.kind === 'fault') faults += 1;
      if (event.kind === 'expectation') {
        expectations += 1;
        if (!event.held) failedExpectations += 1;
      }
      if (event.kind === 'step-ended') {
        takenSteps += 1;
        if (event.held) heldSteps += 1;
        messages += event.messages;
        gasUsed += event.gasUsed;
      }
    },
    summary: () => ({
      kind: 'summary',
      held: faults === 0 && heldSteps === steps.length,
      steps: steps.length,
      failedSteps: takenSteps - heldSteps,
      untakenSteps: steps.length - takenSteps,
      expectations,
      failedExpectations,
      messages,
      gasUsed,
      faults,
    }),
  };
}
