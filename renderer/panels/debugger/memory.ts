/** What the debugger finds again when it is shown anew, also after a reload. */
import { createContext, use } from 'react';
import { z } from 'zod';
import { assert } from '../../../core/base/result';
import type { Question } from './question';

/** Under which the window keeps it, with what other panels remember. */
export const memoryName = 'debugger';

export const tabIds = [
  'values',
  'memory',
  'state',
  'imports',
  'sends',
  'logs',
  'environment',
  'trap',
  'past',
] as const;
export type TabId = (typeof tabIds)[number];

const plainMemory = z.object({
  tab: z.enum(tabIds),
  /** Expressions, in the order they were added. */
  watches: z.array(z.string().max(4096)).max(100),
  /** Keys of the values that are open. */
  open: z.array(z.string()).max(1000),
  /** Where the part of the memory that is shown begins. */
  address: z.int().min(0),
});

export type DebuggerMemory = z.infer<typeof plainMemory>;

const fresh: DebuggerMemory = {
  tab: 'values',
  watches: [],
  open: ['watches', 'locals', 'operands'],
  address: 0,
};

/** A fresh one when it is no such memory. */
export function plainToMemory(plain: unknown): DebuggerMemory {
  const read = plainMemory.safeParse(plain);
  return read.success ? read.data : fresh;
}

interface Remembered {
  readonly memory: DebuggerMemory;
  readonly remember: (part: Partial<DebuggerMemory>) => void;
  /** What was asked of the whole run last; it is not kept. */
  readonly question: Question | null;
  /** Asks it, and shows the answer. */
  readonly askPast: (question: Question) => void;
}

const RememberedContext = createContext<Remembered | null>(null);

export const MemoryProvider = RememberedContext.Provider;

export function useMemory(): Remembered {
  const remembered = use(RememberedContext);
  assert(remembered !== null, 'parts of the debugger stand below its panel');
  return remembered;
}
