import type { GivenAnswer } from '../../../core/studio/protocol/wire';

/** Which calls are answered, in words: `each call of kernel.time`, `2nd call of kernel.time`. */
export const answeredCalls = ({ import: name, call }: GivenAnswer): string =>
  `${call === undefined ? 'each call' : `${ordinal(call + 1)} call`} of ${name}`;

const ordinal = (n: number): string =>
  `${n.toLocaleString('en')}${endings[new Intl.PluralRules('en', { type: 'ordinal' }).select(n)] ?? 'th'}`;

const endings: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'st', two: 'nd', few: 'rd' };
