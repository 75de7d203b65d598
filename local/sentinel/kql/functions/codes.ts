import { createHash } from 'node:crypto';
import { list, text } from '../expressions/readers.ts';
import { refuse } from '../refusal.ts';
import { dynamicText } from '../values/convert.ts';
import { argument, type Builtin, type Builtins, of1, result } from './builtin.ts';

function digest(algorithm: string): Builtin {
  return (given, call) => {
    const of = argument(given, 0, call);
    if (of.type !== 'string' || given.length > 1) return refuse(`${call.name}() of something that is no text`);
    const read = text(of);
    return result(call, given, (row) => createHash(algorithm).update(read(row)).digest('hex'));
  };
}

/** The text of base64, empty when it is not base64 of text. */
function fromBase64(value: string): string {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(value) || value.length % 4 !== 0)
    return refuse('base64_decode_tostring() of such text');
  const bytes = Buffer.from(value, 'base64');
  const decoded = bytes.toString('utf8');
  return Buffer.from(decoded).equals(bytes) ? decoded : refuse('base64_decode_tostring() of bytes that are no text');
}

function percentEncoded(value: string): string {
  return encodeURIComponent(value).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function percentDecoded(value: string): string {
  if (value.includes('+')) return refuse('url_decode() of text with a plus sign');
  try {
    return decodeURIComponent(value);
  } catch {
    return refuse('url_decode() of such text');
  }
}

export const codes: Builtins = {
  hash_sha256: digest('sha256'),
  hash_sha1: digest('sha1'),
  hash_md5: digest('md5'),
  base64_encode_tostring: of1(text, (value) => Buffer.from(value).toString('base64')),
  base64_decode_tostring: of1(text, fromBase64),
  url_encode_component: of1(text, percentEncoded),
  url_decode: of1(text, percentDecoded),
  make_string: of1(list, (values) => values.map((value) => String.fromCodePoint(Number(dynamicText(value)))).join('')),
};
