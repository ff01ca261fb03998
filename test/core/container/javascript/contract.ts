/** Kernels in JavaScript, each in a world of its own. */
import { textToBytes } from '../../../../core/base/bytes';
import { type Value, decodeValue } from '../../../../core/base/value';
import { buildContract } from '../../../../core/contracts/builder';
import type { Answer } from '../../../../core/environment/answer';
import type { Limits } from '../../../../core/environment/limits';
import type { Branch } from '../../../../core/history/branch';
import type { ImportCall } from '../../../../core/imports/trace';
import type { Receipt } from '../../../../core/kernel/receipt';
import { create, newBranch, signal } from '../../../fixtures/branch';

export type Files = Readonly<Record<string, string>>;

/** Code of `contracts/a.js`, which may import from the other files. */
export async function codeOf(files: string | Files): Promise<Uint8Array> {
  const texts: Files = typeof files === 'string' ? { 'contracts/a.js': files } : files;
  const built = await buildContract('contracts/a.js', (path) => {
    const text = texts[path];
    return text === undefined ? null : textToBytes(text);
  });
  if (!built.ok) throw new Error(built.diagnostics.map(({ message }) => message).join('\n'));
  return built.code;
}

export interface Kernel {
  readonly branch: Branch;
  /** The receipt of the signal's own message. */
  send(method: string, ...args: readonly Value[]): Receipt;
  /** What it replied; throws when it didn't go well. */
  ask(method: string, ...args: readonly Value[]): Value;
  /** Import calls of the last message, run again. */
  calls(): readonly ImportCall[];
}

export async function kernel(
  files: string | Files,
  options: { readonly limits?: Partial<Limits>; readonly answers?: readonly Answer[] } = {},
): Promise<Kernel> {
  const branch = newBranch(options);
  create(branch, '/a', await codeOf(files));
  function send(method: string, ...args: readonly Value[]): Receipt {
    const [receipt] = signal(branch, '/a', method, args);
    if (receipt === undefined) throw new Error('a signal has a receipt');
    return receipt;
  }
  return {
    branch,
    send,
    ask(method, ...args) {
      const { outcome } = send(method, ...args);
      if (outcome.kind !== 'ok') throw new Error(JSON.stringify(outcome));
      const reply = outcome.reply === null ? null : decodeValue(outcome.reply);
      return reply?.ok === true ? reply.value : null;
    },
    calls() {
      const calls: ImportCall[] = [];
      const again = branch.rerun(branch.length - 1, {
        onImport: (call) => void calls.push(call),
        onTrap: () => undefined,
      });
      if (!again.ok) throw new Error(again.error.message);
      return calls;
    },
  };
}
