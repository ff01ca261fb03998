/** A world with a hostile kernel and an honest one, and what must hold of it after anything the hostile one did. */
import { expect } from 'vitest';
import type { Value } from '../../../core/base/value';
import { createContainers } from '../../../core/container/all';
import type { VmContainer } from '../../../core/container/container';
import type { Limits } from '../../../core/environment/limits';
import { type Outcome, outcomeToText } from '../../../core/environment/outcome';
import { type Branch, openBranch } from '../../../core/history/branch';
import { createMemoryStorage } from '../../../core/store/memory-storage';
import { create, newBranch, partsOn, signal } from '../../fixtures/branch';
import { adder } from '../../fixtures/contracts';

export interface Victim {
  readonly branch: Branch;
  /** Signals the hostile kernel; what became of the signal itself, as text. */
  attack(method?: string, args?: readonly Value[]): string;
  /** The next message runs, receipts can be run again, and the world can be opened again. */
  expectUnharmed(): void;
}

/** The hostile kernel is `/hostile`, its usual method `f`. */
export function victimOf(
  code: Uint8Array,
  limits: Partial<Limits> = {},
  containers: readonly VmContainer[] = createContainers(),
): Victim {
  const storage = createMemoryStorage();
  const branch = newBranch({ storage, limits, containers });
  create(branch, '/honest', adder);
  create(branch, '/hostile', code);
  let honest = 0;

  return {
    branch,
    attack: (method = 'f', args = []) => {
      const [receipt] = signal(branch, '/hostile', method, args);
      return outcomeToText(receipt?.outcome ?? lost);
    },
    expectUnharmed() {
      honest++;
      const [receipt] = signal(branch, '/honest', 'add', [1]);
      expect(receipt?.outcome).toMatchObject({ kind: 'ok', reply: Uint8Array.of(honest) });
      for (let index = 0; index < branch.length; index += index < 50 ? 1 : 499) {
        const again = branch.rerun(index, null);
        expect(again.ok ? null : again.error).toBeNull();
      }
      const opened = openBranch(partsOn(storage, containers), branch.name);
      expect(opened?.root()).toEqual(branch.root());
      expect(opened?.length).toBe(branch.length);
      opened?.dispose();
    },
  };
}

const lost: Outcome = { kind: 'rejected', reason: 'there is no receipt' };
