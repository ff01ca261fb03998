/** Which receipts a call of `history` asks for. */
import { type Fault, fault } from '../base/fault';
import { type Result, err, ok } from '../base/result';
import { parseAddress } from '../environment/address';
import type { ReceiptFilter, StatePath } from '../history/query';
import { allImports } from '../imports/all';
import { importNameFault } from '../imports/import-name';
import { splitPath } from './kernel-at';
import { keyTextToBytes } from './value-text';

export interface FilterOptions {
  /** An address, or `outside` for signals. */
  readonly sender?: string;
  readonly to?: string;
  readonly method?: string;
  readonly outcome?: 'ok' | 'trap' | 'rejected';
  readonly uses?: string;
  readonly wrote?: string;
  readonly read?: string;
  readonly touched?: string;
  /** Paths that name a kernel mean all kernels below it, too. */
  readonly below?: true;
}

export function readFilter(options: FilterOptions): Result<ReceiptFilter, Fault> {
  const { method, outcome, uses, below = false } = options;
  const unknown = uses === undefined ? null : importNameFault(uses, allImports);
  if (unknown !== null) return err(unknown);
  const parts = [
    options.sender === 'outside' ? ok({ from: null }) : readAs('from', options.sender, parseAddress),
    readAs('to', options.to, parseAddress),
    ...(['wrote', 'read', 'touched'] as const).map((name) =>
      readAs(name, options[name], (text) => readPath(text, below)),
    ),
  ];
  const wrong = parts.find((part) => !part.ok);
  if (wrong?.ok === false) return wrong;
  const given = {
    ...(method === undefined ? {} : { method }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(uses === undefined ? {} : { uses }),
  };
  return ok(parts.reduce<ReceiptFilter>((all, part) => (part.ok ? { ...all, ...part.value } : all), given));
}

/** One entry of a state, `/bank/alice:balance`. */
export function readEntry(text: string) {
  const path = readPath(text, false);
  if (!path.ok) return path;
  return 'key' in path.value
    ? ok({ ...path.value, match: 'key' as const })
    : err(fault('bad-path', `${text} names no key: write ADDRESS:KEY, such as /bank/alice:balance`));
}

function readAs<T>(
  name: keyof ReceiptFilter,
  text: string | undefined,
  read: (text: string) => Result<T, Fault>,
): Result<ReceiptFilter, Fault> {
  if (text === undefined) return ok({});
  const value = read(text);
  return value.ok ? ok({ [name]: value.value }) : value;
}

/** A key means those below it, too; one that ends with `*` all that begin so. */
function readPath(text: string, below: boolean): Result<StatePath, Fault> {
  const { address, key } = splitPath(text);
  const kernel = parseAddress(address);
  if (!kernel.ok) return kernel;
  if (key === null || key === '') return ok({ kernel: kernel.value, below });
  return key.endsWith('*')
    ? ok({ kernel: kernel.value, key: keyTextToBytes(key.slice(0, -1)), match: 'prefix' })
    : ok({ kernel: kernel.value, key: keyTextToBytes(key), match: 'level' });
}
