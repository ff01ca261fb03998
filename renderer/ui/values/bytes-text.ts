/** Bytes as people write them: `0x…`, UTF-8 text, base64. */
import { base64 } from 'multiformats/bases/base64';
import { bytesToHex, hexToBytes } from '../../../core/base/bytes';
import { type Fault, fault } from '../../../core/base/fault';
import { type Result, err, ok } from '../../../core/base/result';

export const bytesToHexText = (bytes: Uint8Array): string => `0x${bytesToHex(bytes)}`;

/** Reads hex digits with or without `0x`; spaces, line breaks, `_` and `:` may part them. */
export function parseHex(text: string): Result<Uint8Array, Fault<'not-hex'>> {
  const digits = text
    .trim()
    .replace(/^0x/i, '')
    .replaceAll(/[\s_:]/g, '');
  const wrong = /[^0-9a-f]/i.exec(digits);
  if (wrong !== null) {
    return err(
      fault('not-hex', `${JSON.stringify(wrong[0])} is not a hex digit`, {
        remedy: 'bytes are written as pairs of 0-9 a-f, for example 0x00ff',
      }),
    );
  }
  if (digits.length % 2 !== 0) {
    return err(
      fault('not-hex', `${digits.length} hex digits don't make whole bytes`, {
        remedy: 'each byte is two digits: write 0x0f, not 0xf',
      }),
    );
  }
  return ok(hexToBytes(digits.toLowerCase()));
}

/** The text that the bytes hold, when they are UTF-8 that reads as text; control characters don't. */
export function bytesToReadableText(bytes: Uint8Array): string | undefined {
  const text = decodeUtf8(bytes);
  return text === undefined || /[^\P{Cc}\t\n\r]/u.test(text) ? undefined : text;
}

/** Base64 without padding, as dag-json writes bytes. */
export const bytesToBase64 = (bytes: Uint8Array): string => base64.baseEncode(bytes);

/** `1 byte`, `20 bytes`, `4.0 KiB`, `1.5 MiB`. */
export function sizeText(length: number): string {
  if (length < 1024) return `${length} byte${length === 1 ? '' : 's'}`;
  return length < 1024 ** 2 ? `${(length / 1024).toFixed(1)} KiB` : `${(length / 1024 ** 2).toFixed(1)} MiB`;
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
