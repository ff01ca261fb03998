/** Blocks in a CAR file (version 1), which any IPLD tool reads. */
import { createReadStream } from 'node:fs';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CarBlockIterator } from '@ipld/car/iterator';
import { CarWriter } from '@ipld/car/writer';
import type { CID } from 'multiformats/cid';
import { bytesEqual } from '../base/bytes';
import { type Fault, fault } from '../base/fault';
import { type Hash, codec, hashToLink, isBlockLink, linkToHash } from '../base/hash';
import { type Result, err, ok } from '../base/result';
import type { StoredBlock } from '../history/reachable';
import { nativeHashOf } from '../store/native-hash';
import { systemFault } from './system-fault';

export interface WrittenCar {
  readonly blocks: number;
  /** Of the blocks, without their names. */
  readonly bytes: number;
}

/** Makes the file, which must not be there. What went wrong with the blocks themselves is thrown; no file is left then. */
export async function writeCar(
  file: string,
  root: Hash,
  blocks: Iterable<StoredBlock>,
): Promise<Result<WrittenCar, Fault>> {
  let handle: FileHandle;
  try {
    handle = await open(file, 'wx');
  } catch (error) {
    return err(systemFault(file, error));
  }
  let isWhole = false;
  try {
    const written = await writeBlocks(handle, root, blocks).catch((error: unknown) => {
      if (error instanceof Error && 'syscall' in error) return err(systemFault(file, error));
      throw error;
    });
    isWhole = written.ok;
    return written;
  } finally {
    await handle.close();
    if (!isWhole) await unlink(file);
  }
}

async function writeBlocks(
  handle: FileHandle,
  root: Hash,
  blocks: Iterable<StoredBlock>,
): Promise<Result<WrittenCar, Fault>> {
  const size = { blocks: 0, bytes: 0 };
  const { writer, out } = CarWriter.create([hashToLink(root)]);
  const put = async (): Promise<void> => {
    for (const { hash, codec: of, bytes } of blocks) {
      await writer.put({ cid: hashToLink(hash, of), bytes });
      size.blocks += 1;
      size.bytes += bytes.length;
    }
    await writer.close();
  };
  // Whichever fails first ends it: the writer never asks for a block again when the file takes no more.
  await Promise.all([put(), pipeline(Readable.from(out), handle.createWriteStream())]);
  return ok(size);
}

export interface OpenCar {
  readonly root: Hash;
  /** In the order of the file. Each was checked to be what its name says. */
  readonly blocks: AsyncIterable<Result<StoredBlock, Fault>>;
  close(): void;
}

/** The file is read as the blocks are taken. The last of them is a fault when the file is damaged. */
export async function openCar(file: string): Promise<Result<OpenCar, Fault>> {
  const damaged = (error: unknown) => err(readFault(file, error));
  const stream = createReadStream(file);
  const close = () => void stream.destroy();
  try {
    const car = await CarBlockIterator.fromIterable(stream);
    const [root, ...others] = await car.getRoots();
    if (root === undefined || others.length > 0 || !isBlockLink(root, codec.dagCbor)) {
      close();
      return damaged(new Error('it has to have one root, a dag-cbor node named by SHA-256'));
    }
    return ok({ root: linkToHash(root), blocks: checkedBlocks(car, damaged), close });
  } catch (error) {
    close();
    return damaged(error);
  }
}

async function* checkedBlocks(
  car: AsyncIterable<{ readonly cid: CID; readonly bytes: Uint8Array }>,
  damaged: (error: unknown) => Result<never, Fault>,
): AsyncGenerator<Result<StoredBlock, Fault>, void, undefined> {
  try {
    for await (const { cid, bytes } of car) {
      const of = isBlockLink(cid, codec.raw) ? codec.raw : codec.dagCbor;
      const hash = nativeHashOf(bytes);
      if (!isBlockLink(cid, of) || !bytesEqual(hash, linkToHash(cid))) {
        yield damaged(new Error(`the block ${cid.toString()} is not what its name says`));
        return;
      }
      yield ok({ hash, codec: of, bytes });
    }
  } catch (error) {
    yield damaged(error);
  }
}

function readFault(file: string, error: unknown): Fault {
  if (error instanceof Error && 'syscall' in error) return systemFault(file, error);
  const words = error instanceof Error ? error.message : String(error);
  return fault('bad-car', `${file} is damaged, or no CAR file: ${words}`, {
    remedy: 'kernelscope export WORLD writes one',
  });
}
