/**
 * How a tree is written down. Each block is dag-cbor and its links are CIDs (version 1, sha2-256), so any IPLD
 * tool can follow a root. The same entries always give the same blocks.
 *
 *   tree   = []                                         no entries; known to all, so it needs no block
 *          / node
 *   node   = [path, value]                              one entry
 *          / [path, value / null, bitmap, 1*16 child]   several; null when no key ends here
 *   path   = bytes                                      nibbles from where the parent left off to where this node
 *                                                       ends: an even count behind a byte 00, an odd one behind a
 *                                                       nibble 1
 *   value  = bytes                                      at most 1024 of them
 *          / link to a raw block                        more
 *   bitmap = uint                                       bit n: there is a child for nibble n; children in that order
 *   child  = node                                       when its encoding takes at most 128 bytes
 *          / link to a node                             when it takes more
 *
 * A key is the nibbles of all nodes from the root on, higher half of a byte first, with the nibble that chose the
 * child between each two. A node without a value has at least two children.
 */
import { codec, linkHead } from '../base/hash';

/** Above this many bytes a value is a block of its own. */
export const largestInlineValue = 1024;

/** Above this many bytes a node is a block of its own; the root always is. */
export const largestInlineNode = 128;

/** As long as an address, for kernels are kept by their addresses. */
export const longestKey = 4096;

/** The block of a tree without entries. */
export const emptyBlock: Uint8Array = Uint8Array.of(0x80);

/** What stands before the hash in a link. */
export const nodeLinkHead = linkHead(codec.dagCbor);
export const rawLinkHead = linkHead(codec.raw);
export const hashSize = 32;
export const linkSize = nodeLinkHead.length + hashSize;

/** First bytes of the few kinds of dag-cbor that occur. */
export const cborUint = 0x00;
export const cborBytes = 0x40;
export const cborList = 0x80;
export const cborNull = 0xf6;
