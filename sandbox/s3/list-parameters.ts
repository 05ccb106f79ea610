import { s3Error } from './errors';
import type { S3Call } from './s3-call';

export interface ListParameters {
  readonly prefix: string;
  readonly delimiter: string;
  readonly maxKeys: number;
  /** Text of keys and prefixes in the answer. */
  readonly encode: (text: string) => string;
  readonly encodingType: 'url' | undefined;
}

const MOST = 1000;

export function invalidArgument(name: string, value: string, message: string): never {
  throw s3Error('InvalidArgument', { message, members: { ArgumentName: name, ArgumentValue: value } });
}

/** A parameter of numbers from 0; at most `most`, which is also the default. */
export function countParameter(call: S3Call, name: string, most = MOST): number {
  const text = call.request.query.get(name);
  if (text === undefined || text === '') return most;
  const value = Number(text);
  if (!/^-?\d+$/.test(text) || value > 2 ** 31 - 1) {
    invalidArgument(name, text, `Provided ${name} not an integer or within integer range`);
  }
  if (value < 0) invalidArgument(name, text, `Argument ${name} must be an integer between 0 and 2147483647`);
  return Math.min(value, most);
}

/** As forms are encoded, the slash apart: what `encoding-type=url` means. */
function formEncode(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%2F', '/')
    .replaceAll('%20', '+');
}

/** The condition keys are read apart from the values, because access is decided before anything is said about the rest. */
export function listContext(call: S3Call): Record<string, string> {
  const context: Record<string, string> = {};
  for (const name of ['prefix', 'delimiter', 'max-keys']) {
    const value = call.request.query.get(name);
    if (value !== undefined) context[`s3:${name}`] = value;
  }
  return context;
}

/** Throws InvalidArgument. */
export function listParameters(call: S3Call): ListParameters {
  const { query } = call.request;
  const encodingType = query.get('encoding-type');
  if (encodingType !== undefined && encodingType !== 'url') {
    invalidArgument('encoding-type', encodingType, 'Invalid Encoding Method specified in Request');
  }
  return {
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? '',
    maxKeys: countParameter(call, 'max-keys'),
    encode: encodingType === 'url' ? formEncode : (text) => text,
    encodingType,
  };
}
