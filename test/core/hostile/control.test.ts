/** Messages that the kernel itself answers, made by hand: their arguments are as hostile as any. */
import { CID } from 'multiformats/cid';
import { create as createDigest } from 'multiformats/hashes/digest';
import { describe, expect, test } from 'vitest';
import { type Value, encodeValue } from '../../../core/base/value';
import type { Address } from '../../../core/environment/address';
import { outcomeToText } from '../../../core/environment/outcome';
import { adder } from '../../fixtures/contracts';
import { victimOf } from './victim';

const digest = (code: number, length: number) => createDigest(code, new Uint8Array(length));
const identity = CID.createV1(0x55, digest(0, 4));
const short = CID.createV1(0x55, digest(0x12, 20));
const long = CID.createV1(0x55, digest(0x13, 64));
const otherCodec = CID.createV1(0x70, digest(0x12, 32));
const absent = CID.createV1(0x55, digest(0x12, 32));

const longKey = 'k'.repeat(1025);

const attacks: readonly (readonly [name: string, to: string, method: string, args: Value, ends: RegExp])[] = [
  ['no arguments', '/new', 'kernel:create', [], /^ok$/],
  ['no list', '/new', 'kernel:create', {}, /^rejected: /],
  [
    'a link of another hash',
    '/new',
    'kernel:create',
    [identity, null, null],
    /^rejected: the code is neither/,
  ],
  ['a link of a short hash', '/new', 'kernel:create', [short, null, null], /^rejected: the code is neither/],
  [
    'a link of a long hash',
    '/new',
    'kernel:bind',
    [long, null],
    /^rejected: (no kernel|the code is neither)/,
  ],
  [
    'a link to what is no code',
    '/hostile',
    'kernel:bind',
    [otherCodec, null],
    /^rejected: the code is neither/,
  ],
  [
    'a link of a short hash, bound',
    '/hostile',
    'kernel:bind',
    [short, null],
    /^rejected: the code is neither/,
  ],
  [
    'a link of a short hash, installed',
    '/',
    'kernel:install',
    ['a.wat', short],
    /^rejected: the code of a contract/,
  ],
  ['code that is not there', '/hostile', 'kernel:bind', [absent, null], /^ok$/],
  [
    'a map that looks like a link',
    '/new',
    'kernel:create',
    [{ '/': 'a', bytes: 'a' }, null, null],
    /^rejected: the code is neither/,
  ],
  [
    'a map that looks like a link, installed',
    '/',
    'kernel:install',
    ['a.wat', { '/': 'a', bytes: 'a' }],
    /^rejected: the code of/,
  ],
  ['state that looks like a link', '/new', 'kernel:create', [null, null, { '/': 'a', bytes: 'a' }], /^ok$/],
  ['state that is no map', '/new', 'kernel:create', [null, null, 7], /^rejected: /],
  [
    'state with an empty key',
    '/new',
    'kernel:create',
    [null, null, { '': 1 }],
    /^rejected: a key of 0 bytes/,
  ],
  [
    'state with a key longer than any',
    '/new',
    'kernel:create',
    [null, null, { [longKey]: 1 }],
    /^rejected: a key of 1025 bytes/,
  ],
  [
    'state with the keys of objects',
    '/new',
    'kernel:create',
    [null, null, { constructor: 1, toString: 2 }],
    /^ok$/,
  ],
  ['a path longer than any', '/', 'kernel:install', [longKey, absent], /^rejected: .* 1025 characters/],
  ['an empty path', '/', 'kernel:install', ['', absent], /^rejected: /],
  ['a path that is a number', '/', 'kernel:install', [7, absent], /^rejected: /],
  [
    'a contract that is not there',
    '/new',
    'kernel:create',
    [null, '__proto__', null],
    /^rejected: no contract/,
  ],
  [
    'a contract of a name longer than any',
    '/new',
    'kernel:create',
    [null, longKey.repeat(100), null],
    /^rejected: /,
  ],
  [
    'a contract of a name longer than any, by its code',
    '/new',
    'kernel:create',
    [absent, longKey.repeat(100), null],
    /^rejected: /,
  ],
  ['what is there', '/hostile', 'kernel:create', [null, null, null], /^rejected: .* is there already/],
  ['the root', '/', 'kernel:remove', [], /^rejected: the root/],
  ['what is not there', '/nobody', 'kernel:remove', [], /^rejected: no kernel/],
  ['a method of the kernel that is none', '/hostile', 'kernel:explode', [], /^rejected: /],
];

describe('has a receipt, and leaves a world that can be opened again', () => {
  test.each(attacks)('%s', (...[, to, method, args, ends]) => {
    const victim = victimOf(adder);
    const { branch } = victim;
    branch.signal({ to: to as Address, method, args: encodeValue(args), replyTo: null, gas: null });
    while (branch.pending > 0) branch.run(10);
    const receipt = branch.receipt(branch.length - 1);
    const outcome = receipt === undefined ? '' : outcomeToText(receipt.outcome);
    expect(outcome).toMatch(ends);
    expect(outcome.length).toBeLessThan(1000);
    victim.expectUnharmed();
  });
});
