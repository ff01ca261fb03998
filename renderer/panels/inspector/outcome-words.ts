/** What an outcome means, and what to do about it, in words. */
import type { WireOutcome } from '../../../core/studio/protocol/wire';
import type { ReceiptDetail } from '../../../core/studio/protocol/world';

export interface OutcomeWords {
  readonly title: string;
  readonly meaning: string;
  readonly remedy: string | null;
  /** What became of what it had done. */
  readonly rollback: string | null;
}

export function outcomeWords({ outcome, row, gasLimit, code }: ReceiptDetail): OutcomeWords {
  if (outcome.kind === 'ok') {
    return {
      title: 'ok',
      meaning: row.stateChanged
        ? 'It ran to its end; its state writes and sends are committed.'
        : `It ran to its end and changed no state${row.sends === 0 ? '' : '; its sends are committed'}.`,
      remedy: null,
      rollback: null,
    };
  }
  if (outcome.kind === 'rejected') {
    return {
      title: 'rejected',
      meaning: outcome.reason,
      remedy:
        code === null
          ? 'The kernel ran no code: check the address and the code it is bound to.'
          : 'Send a message that the contract takes: its methods are in the Kernels panel.',
      rollback: 'It never ran: nothing was written and nothing was sent.',
    };
  }
  const { meaning, remedy } = trapWords(outcome, { gasUsed: row.gasUsed, gasLimit });
  return {
    title: `trap: ${outcome.reason}`,
    meaning,
    remedy,
    rollback:
      'State writes and sends were rolled back: nothing of this message remains but this receipt and its gas.',
  };
}

type Trap = WireOutcome & { readonly kind: 'trap' };

interface Gas {
  readonly gasUsed: number;
  readonly gasLimit: number;
}

function trapWords({ reason, detail }: Trap, gas: Gas): { meaning: string; remedy: string | null } {
  if (reason === 'out of gas') {
    return {
      meaning: `It used up its gas (${grouped(gas.gasUsed)} of ${grouped(gas.gasLimit)}) before it came to its end.`,
      remedy: 'Look for a loop that does not end, or send the signal with a higher gas limit.',
    };
  }
  if (reason === 'abort') {
    return {
      meaning: 'The contract itself gave up.',
      remedy: detail === null ? 'Give abort a message, to see here why.' : null,
    };
  }
  if (reason === 'uncaught error') {
    return {
      meaning: 'An error was thrown, and nothing caught it.',
      remedy: 'Its words say what and where; end a run on purpose with fail or require.',
    };
  }
  const known = Object.hasOwn(wasmTraps, reason) ? wasmTraps[reason] : undefined;
  return { meaning: known?.meaning ?? `The code was cut short: ${reason}.`, remedy: known?.remedy ?? null };
}

const wasmTraps: Readonly<Record<string, { readonly meaning: string; readonly remedy: string }>> = {
  refused: {
    meaning: 'An import refused the call.',
    remedy: 'The refused call is the last one under Import calls; its words say what was wrong.',
  },
  unreachable: {
    meaning: 'The code came to a place that it says is never reached.',
    remedy: 'In AssemblyScript this is most often a failed assert, a null that was not expected, or a throw.',
  },
  'integer divide by zero': {
    meaning: 'An integer was divided by zero.',
    remedy: 'Check the divisor before the division.',
  },
  'integer overflow': {
    meaning: 'The result of a division does not fit: the smallest integer divided by -1.',
    remedy: 'Check for -1 before the division, or use a wider type.',
  },
  'invalid conversion to integer': {
    meaning: 'A float that is no integer of that width was converted to one.',
    remedy: 'Check the range, and for NaN, before the conversion.',
  },
  'out of bounds memory access': {
    meaning: 'The code read or wrote outside of its memory.',
    remedy: 'Check pointers and lengths; in AssemblyScript, unchecked() and load/store.',
  },
  'out of bounds table access': {
    meaning: 'The code used a place that the table of functions does not have.',
    remedy: 'Check the index of the indirect call.',
  },
  'undefined element': {
    meaning: 'An indirect call named a place that the table of functions does not have.',
    remedy: 'Check the index of the indirect call.',
  },
  'uninitialized element': {
    meaning: 'An indirect call named a place in the table that holds no function.',
    remedy: 'Check the index of the indirect call.',
  },
  'indirect call type mismatch': {
    meaning: 'An indirect call met a function of another type.',
    remedy: 'Check what the table holds there.',
  },
  'stack overflow': {
    meaning: 'Calls were nested deeper than the limit.',
    remedy: 'Look for a recursion that does not end.',
  },
};

const grouped = (value: number): string => value.toLocaleString('en');
