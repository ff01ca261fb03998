import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codec, hashOf, hashToLink, hashToText, linkToHash, textToHash } from '../../../core/base/hash';
import { nativeHashOf } from '../../../core/store/native-hash';

describe.each([
  { name: 'pure', hashes: hashOf },
  { name: 'native', hashes: nativeHashOf },
])('the $name hash', ({ hashes }) => {
  it('is SHA-256', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const expected = createHash('sha256').update(bytes).digest('hex');
        expect(Buffer.from(hashes(bytes)).toString('hex')).toBe(expected);
      }),
    );
  });
});

describe('a hash as text', () => {
  it('is a CID, and comes back', () => {
    const hash = hashOf(new Uint8Array());
    expect(hashToText(hash)).toMatch(/^bafyrei/);
    expect(textToHash(hashToText(hash))).toEqual(hash);
    expect(textToHash(hashToText(hash, codec.raw))).toBeNull();
    expect(textToHash(hashToText(hash).slice(1))).toBeNull();
    expect(linkToHash(hashToLink(hash))).toEqual(hash);
  });
});
