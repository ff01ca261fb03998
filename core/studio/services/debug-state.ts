/** The state and the messages of a run that is stepped through: what they would be if it ended well. */
import { concatBytes } from '../../base/bytes';
import type { Session } from '../../debugger/session';
import type { Branch } from '../../history/branch';
import { deliveredAs } from '../../history/delivered';
import { diffTrees } from '../../state/diff';
import type { Returns } from '../protocol/declare';
import type { debugProtocol } from '../protocol/debug';
import type { CodeBook } from './code-book';
import type { OpenSession } from './debug-sessions';
import type { Range } from './debug-views';
import { namedArguments } from './receipts';
import { type LevelPage, levelOf } from './state-levels';

type SendsPage = Returns<typeof debugProtocol, 'debug.sends'>;

export function stateLevel(
  { timeline }: Session,
  page: LevelPage,
): Returns<typeof debugProtocol, 'debug.state'> {
  const { before, state } = timeline.machine.environment;
  const { rows, more } = levelOf(state, page);
  const isWritten = (key: Uint8Array, prefix: Uint8Array): boolean => {
    const [first] = diffTrees(before, state, { prefix });
    return first !== undefined && (prefix !== key || first.key.length === key.length);
  };
  return {
    rows: rows.map((row) => ({
      row,
      written:
        (row.entry !== null && isWritten(row.rawKey, row.rawKey)) ||
        (row.level && isWritten(row.rawKey, concatBytes([row.rawKey, slash]))),
    })),
    more,
  };
}

const slash = Uint8Array.of(0x2f);

export function pageOfSends(
  { session: { timeline }, receipt }: OpenSession,
  { branch, codes }: { readonly branch: Branch; readonly codes: CodeBook },
  { start, count }: Range,
): SendsPage {
  const { sends } = timeline.machine.environment;
  const rows = sends.slice(start, start + count).map((draft, place) => {
    const sent = receipt?.sends[start + place];
    const message = sent ?? { ...draft, id: 0 };
    return {
      to: draft.to,
      method: draft.method,
      args: namedArguments(message, branch.world().kernel(draft.to)?.code ?? null, codes),
      replyTo: draft.replyTo,
      receipt: sent === undefined || receipt === null ? null : deliveredAs(sent, receipt.index, branch),
    };
  });
  return { start, total: sends.length, rows };
}
