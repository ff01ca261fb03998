/** Why a session stands where it stands, in words. */
import type { DebugStop } from '../../../core/studio/protocol/debug-values';

interface StopWords {
  readonly text: string;
  /** A codicon. */
  readonly icon: string;
  readonly kind: 'plain' | 'breakpoint' | 'trap' | 'end';
}

export function stopWords({ reason, end, count }: DebugStop): StopWords {
  switch (reason.kind) {
    case 'opened':
    case 'moved':
    case 'paused':
    case 'edited':
    case 'undone':
      return { text: plainWords[reason.kind], icon: 'debug-stackframe', kind: 'plain' };
    case 'start':
      return { text: 'At the beginning: nothing lies before', icon: 'debug-start', kind: 'plain' };
    case 'end':
      return end === null || end.count !== count
        ? { text: 'Nothing further was found', icon: 'debug-stackframe', kind: 'plain' }
        : endWords(end.outcome);
    case 'trap':
      return {
        text: `Just before the trap: ${trapWords(reason)}`,
        icon: 'error',
        kind: 'trap',
      };
    case 'breakpoint':
      return {
        text: `Breakpoint: ${reason.hits.map(({ words }) => words).join('; ')}`,
        icon: 'debug-breakpoint',
        kind: 'breakpoint',
      };
  }
}

const plainWords = {
  opened: 'Opened',
  moved: 'Stepped here',
  paused: 'Paused',
  edited: 'Changed by hand: from here on this is what would have been',
  undone: 'A change by hand was taken back',
};

type Outcome = NonNullable<DebugStop['end']>['outcome'];

const endWords = (outcome: Outcome): StopWords =>
  outcome.kind === 'trap'
    ? { text: `The run ended with a trap: ${trapWords(outcome)}`, icon: 'error', kind: 'trap' }
    : { text: 'The run is over: it ended well', icon: 'pass', kind: 'end' };

const trapWords = ({
  reason,
  detail,
}: {
  readonly reason: string;
  readonly detail: string | null;
}): string => (detail === null ? reason : `${reason} (${detail})`);
