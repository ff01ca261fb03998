import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { type Fault, fault } from '../../base/fault';
import { hashToText, textToHash } from '../../base/hash';
import { type Result, err, ok } from '../../base/result';
import type { Value } from '../../base/value';
import { parseAddress } from '../../environment/address';
import { openStoredWorld } from '../../host/stored-world';
import { systemFault } from '../../host/system-fault';
import { type EntryProof, type ProvenEntry, proveEntry, verifyEntry } from '../../kernel/world-proof';
import { readable } from '../../scenario/expect';
import { nativeHashOf } from '../../store/native-hash';
import { createJsonWriter } from '../json';
import { splitPath, worldAt } from '../kernel-at';
import { type CommonOptions, type ExitCode, type Session, type WorldOptions, failWith } from '../session';
import { amount, bytesToKeyText, keyTextToBytes, valueToText, visible } from '../value-text';

export interface ProofOptions extends WorldOptions {
  readonly at?: number;
}

export interface VerifyOptions extends CommonOptions {
  /** The root that is trusted; without it, the answer holds for the root that the proof names. */
  readonly root?: string;
}

export async function prove(
  { folder, path }: { readonly folder: string; readonly path: string },
  options: ProofOptions,
  session: Session,
): Promise<ExitCode> {
  const place = readPlace(path);
  if (!place.ok) return failWith(session, [place.error], options);
  const stored = await openStoredWorld(folder, options.branch);
  if (!stored.ok) return failWith(session, [stored.error], options);
  const { branch, close } = stored.value;
  try {
    const world = worldAt(branch, options.at ?? branch.length);
    if (!world.ok) return await failWith(session, [world.error], options);
    const proof = proveEntry(world.value, place.value, nativeHashOf);
    return await show(proof, options, session);
  } finally {
    close();
  }
}

export async function verify(file: string, options: VerifyOptions, session: Session): Promise<ExitCode> {
  const proof = await readProofFile(file);
  if (!proof.ok) return failWith(session, [proof.error], options);
  const { root } = options;
  if (root !== undefined && root !== hashToText(proof.value.root)) {
    const other = fault('bad-proof', `${file} is a proof for the root ${hashToText(proof.value.root)}`);
    return failWith(session, [other], options);
  }
  return show(proof.value, options, session);
}

/** What a proof was found to show, never what somebody says it does. */
async function show(proof: EntryProof, { json }: CommonOptions, session: Session): Promise<ExitCode> {
  const { terminal } = session;
  const proven = verifyEntry(proof, nativeHashOf);
  if (!proven.ok) return failWith(session, [proven.error], json === true ? { json } : {});
  if (json === true) {
    const writer = createJsonWriter(terminal.write);
    await writer.open(null, 'map');
    await writer.add('kernelscope', 1);
    await writer.add('holds', proven.value.holds);
    if (proven.value.holds === 'value') await writer.add('value', readable(proven.value.value));
    await writer.add('proof', proofToValue(proof));
    await writer.close();
    return 0;
  }
  const { root, address, key, blocks } = proof;
  const bytes = blocks.reduce((sum, { length }) => sum + length, 0);
  await terminal.write(
    `${terminal.style.strong(address)}:${visible(bytesToKeyText(key))}: ${provenToText(proven.value)}\n` +
      `proven for the root ${hashToText(root)} by ${amount(blocks.length, 'block')}, ${amount(bytes, 'byte')}\n`,
  );
  return 0;
}

function provenToText(proven: ProvenEntry): string {
  if (proven.holds === 'value') return valueToText(readable(proven.value));
  return proven.holds === 'no-key' ? 'no such key' : 'no such kernel';
}

const proofToValue = ({ root, address, key, blocks }: EntryProof): Value => ({
  root: hashToText(root),
  kernel: address,
  key,
  blocks,
});

/** Bytes as JSON for programs has them. */
const jsonToBytes = z
  .strictObject({ '/': z.strictObject({ bytes: z.string().regex(/^[A-Za-z0-9+/]*$/, 'no base64') }) })
  .transform((json) => new Uint8Array(Buffer.from(json['/'].bytes, 'base64')));

const proofFile = z.object({
  kernelscope: z.literal(1),
  proof: z.object({
    root: z.string(),
    kernel: z.string(),
    key: jsonToBytes,
    blocks: z.array(jsonToBytes),
  }),
});

async function readProofFile(file: string): Promise<Result<EntryProof, Fault>> {
  const noProof = (why: string) =>
    err(
      fault('bad-proof', `${file} is no proof: ${why}`, {
        remedy: 'kernelscope proof WORLD PATH --json writes one',
      }),
    );
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    return err(systemFault(file, error));
  }
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    return noProof(error instanceof Error ? error.message : String(error));
  }
  const parsed = proofFile.safeParse(document);
  if (!parsed.success) return noProof(z.prettifyError(parsed.error));
  const { root, kernel, key, blocks } = parsed.data.proof;
  const address = parseAddress(kernel);
  if (!address.ok) return address;
  const hash = textToHash(root);
  if (hash === null) return noProof(`${JSON.stringify(root)} is no root`);
  return ok({ root: hash, address: address.value, key, blocks });
}

function readPlace(path: string): Result<Pick<EntryProof, 'address' | 'key'>, Fault> {
  const { address: text, key } = splitPath(path);
  const address = parseAddress(text);
  if (!address.ok) return address;
  if (key === null || key === '') {
    return err(fault('no-key', `${path} names a kernel and no key of it`, { remedy: `write ${text}:KEY` }));
  }
  return ok({ address: address.value, key: keyTextToBytes(key) });
}
