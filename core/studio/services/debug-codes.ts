/** Code made ready to be stepped through and shown as text. What was used last stays ready. */
import { type Fault, fault } from '../../base/fault';
import { type Hash, codec, hashToKey, hashToText, textToHash } from '../../base/hash';
import { type Result, err } from '../../base/result';
import { type DebugCode, loadDebugCode } from '../../debugger/code';
import type { Limits } from '../../environment/limits';
import type { Branch } from '../../history/branch';
import type { ImportSet } from '../../imports/import-set';
import type { CodeBook } from './code-book';

export interface DebugCodes {
  /** A fault when it is not in the store, or when no stepping machine runs it. */
  load(hash: Hash, limits: Limits): Result<DebugCode, Fault>;
  /** By its CID, within the limits of today. */
  named(cid: string): Result<DebugCode, Fault>;
}

const mostKept = 8;

export function createDebugCodes(
  branch: Branch,
  codes: CodeBook,
  importSets: readonly ImportSet[],
): DebugCodes {
  const codeByKey = new Map<string, DebugCode>();

  function load(hash: Hash, limits: Limits): Result<DebugCode, Fault> {
    const key = `${limits.pages} ${hashToKey(hash)}`;
    const known = codeByKey.get(key);
    if (known !== undefined) return { ok: true, value: known };
    const bytes = branch.code(hash);
    if (bytes === undefined) return err(missing(hash));
    const code = loadDebugCode({ hash, bytes, sourceMap: codes.sourceMap(hash) }, importSets, limits);
    if (!code.ok) return code;
    codeByKey.set(key, code.value);
    const [oldest] = codeByKey.keys();
    if (codeByKey.size > mostKept && oldest !== undefined) codeByKey.delete(oldest);
    return code;
  }

  return {
    load,
    named(cid) {
      const hash = textToHash(cid, codec.raw);
      if (hash === null) return err(fault('bad-code', `${JSON.stringify(cid)} is the CID of no code`));
      return load(hash, branch.inputsAt(branch.length).limits);
    },
  };
}

const missing = (hash: Hash): Fault =>
  fault('missing-block', `the code ${hashToText(hash, codec.raw)} is not in the store`, {
    remedy: 'build its contract as it was then: equal code is kept under the same name',
  });
