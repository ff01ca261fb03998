/**
 * What is on disk: one LMDB environment in the folder of a world, with four databases. Numbers are big-endian.
 *
 *   about    'version' -> JSON       of this format: 1
 *            'indexed' -> JSON       the blocks of all packs before this one are in `blocks`
 *   packs    u32 -> pack            numbered from 0 as they were written
 *   blocks   hash -> location
 *   entries  UTF-8 text -> bytes
 *
 *   pack     = u32 count, count * (hash, u32 length), then the blocks, one after the other
 *   location = u32 pack, u32 offset in it, u32 length
 *
 * Hashes are random, so to put each new block in its place among them would rewrite a page for nearly each block. A
 * batch is appended as packs instead, and `blocks` follows later, in long sorted runs. What it still lacks is read
 * from the packs when the storage is opened.
 */

export const formatVersion = 1;

/** LMDB's own name for its file in the folder. */
export const dataFile = 'data.mdb';
