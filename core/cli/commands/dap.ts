import { systemClock } from '../../host/clock';
import { createAdapter } from '../dap/adapter';
import { connect } from '../dap/connection';
import type { ExitCode, Session } from '../session';

/** Answers one client on standard input and output, until it has no more to ask or goes away. */
export async function debugAdapter({ built, terminal }: Session): Promise<ExitCode> {
  await new Promise<void>((resolve) => {
    connect({
      input: process.stdin,
      output: process.stdout,
      handlers: (connection) => createAdapter(connection, { built, clock: systemClock, onDone: resolve }),
      onClose: resolve,
      complain: terminal.complain,
    });
  });
  return 0;
}
