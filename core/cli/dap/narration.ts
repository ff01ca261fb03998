/** What happened in the scenario, told line by line as the debugger goes through it: each line once, in order. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { type Fault, faultToText } from '../../base/fault';
import type { ScenarioEvent } from '../../scenario/events';
import { expectationToLine, messageToLine, stepToLine, summaryToLine } from '../run-text';
import { plainStyle } from '../terminal';
import { visible } from '../value-text';
import type { Session } from '../../debugger/session';
import type { Debuggee } from './launch';
import type { Sources } from './sources';

export interface Narration {
  /** Tells all before the message of a receipt, and what it logged up to where its session stands. */
  upTo(receipt: number, session: Session): void;
  /** Tells all there is. */
  toEnd(): void;
}

type Output = DebugProtocol.OutputEvent['body'];

export function createNarration(
  { events, scenario }: Debuggee,
  sources: Sources,
  tell: (output: Output) => void,
): Narration {
  let next = 0;
  /** Of the message that is told of next. */
  let toldLogs = 0;

  const say = (category: string, text: string, position?: Fault['position']): void => {
    const { file, line, column } = position ?? {};
    const place = file === undefined || line === undefined ? {} : sources.inFile(file, line, column);
    tell({ category, output: `${text}\n`, ...place });
  };

  function tellLogs(lines: readonly string[], until: number): void {
    for (; toldLogs < Math.min(until, lines.length); toldLogs++)
      say('stdout', visible(lines[toldLogs] ?? ''));
  }

  function tellEvent(event: ScenarioEvent): void {
    switch (event.kind) {
      case 'built':
        for (const { severity, message, ...position } of event.diagnostics) {
          say('console', `${severity}: ${message}`, position);
        }
        break;
      case 'step-begun':
        say('console', stepToLine(event.step, plainStyle), event.step.position);
        break;
      case 'message':
        tellLogs(event.receipt.logs, Infinity);
        toldLogs = 0;
        say(event.receipt.outcome.kind === 'ok' ? 'console' : 'stderr', messageToLine(event, plainStyle));
        break;
      case 'expectation':
        say(
          event.held ? 'console' : 'stderr',
          expectationToLine(event, plainStyle),
          event.expectation.position,
        );
        break;
      case 'fault':
        say('stderr', faultToText(event.fault), event.fault.position);
        break;
      case 'summary':
        say(event.held ? 'console' : 'stderr', summaryToLine(event, plainStyle), {
          file: scenario.file,
          line: 1,
        });
        break;
      default:
        break;
    }
  }

  return {
    upTo(receipt, session) {
      const logs = session.timeline.machine.environment.logs.length;
      for (; next < events.length; next++) {
        const event = events[next];
        if (event?.kind === 'message' && event.receipt.index >= receipt) {
          if (event.receipt.index === receipt) tellLogs(event.receipt.logs, logs);
          return;
        }
        if (event !== undefined) tellEvent(event);
      }
    },
    toEnd() {
      for (; next < events.length; next++) {
        const event = events[next];
        if (event !== undefined) tellEvent(event);
      }
    },
  };
}
