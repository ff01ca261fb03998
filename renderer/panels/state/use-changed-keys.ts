import { useMemo } from 'react';
import { bytesToHex } from '../../../core/base/bytes';
import { usePast } from '../../store/context';
import { useAnswer } from '../../store/past/use-answer';

export interface ChangedKeys {
  /** Whether the key itself was changed, or one in a level below it. */
  of(key: Uint8Array): 'key' | 'below' | null;
}

/** The keys that a message changed in its own kernel: the first page of them, which marks what can be seen at once. */
export function useChangedKeys(kernel: string, receipt: number | null): ChangedKeys {
  const past = usePast();
  const detail = useAnswer(past.receipt, receipt);
  const row = detail?.state === 'ready' ? detail.value.row : null;
  const concerned = row !== null && row.to === kernel && row.stateChanged;
  const changes = useAnswer(past.changes, concerned ? { receipt: row.index, page: 0 } : null);
  const rows = changes?.state === 'ready' ? changes.value.rows : null;
  return useMemo(() => {
    const keys = new Set(rows?.map(({ rawKey }) => bytesToHex(rawKey.bytes)));
    const levels = new Set([...keys].flatMap(levelsAbove));
    return {
      of(key) {
        const hex = bytesToHex(key);
        if (keys.has(hex)) return 'key';
        return levels.has(hex) ? 'below' : null;
      },
    };
  }, [rows]);
}

/** All levels that a key stands in, in hex and without their slash. */
function levelsAbove(hex: string): readonly string[] {
  const levels: string[] = [];
  for (let at = 0; at < hex.length; at += 2) {
    if (hex.slice(at, at + 2) === slash) levels.push(hex.slice(0, at));
  }
  return levels;
}

const slash = '2f';
