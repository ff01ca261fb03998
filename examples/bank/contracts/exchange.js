/** Says what money is worth elsewhere, by the workspace's own import set `rates`. */
import { convert, currencies } from 'kernelscope/rates';

/**
 * What an amount of one currency is worth in another.
 * @param {u64} amount
 * @param {string} from
 * @param {string} to
 * @returns {u64}
 */
export const quote = (amount, from, to) => convert(amount, from, to);

/**
 * The currencies that can be exchanged.
 * @returns {list<string>}
 */
export const known = () => currencies();
