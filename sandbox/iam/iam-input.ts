import { AwsError } from '../kernel/aws-error';
import {
  constraintError,
  type Input,
  optionalRecords,
  optionalText,
  optionalTexts,
  requiredText,
  type TextRule,
} from '../kernel/input';
import { pageOf } from '../kernel/paging';
import type { Operation } from '../kernel/types';
import type { RoleTag } from './role-store';

/** Of roles and policies. */
export const PATH = /^(\/|\/[!-~]+\/)$/;

const NAME_TEXT = 'It must contain only alphanumeric characters and/or the following: +=,.@_-';

/** IAM calls a parameter that breaks its constraints a ValidationError. */
export function iamOperation(run: (input: Input) => unknown): Operation {
  return (input) => {
    try {
      return run(input);
    } catch (error) {
      throw error instanceof AwsError && error.code === 'InvalidParameterException'
        ? new AwsError('ValidationError', error.message)
        : error;
    }
  };
}

export function roleName(input: Input): string {
  return nameOf(input, 'RoleName', 64);
}

export function policyName(input: Input): string {
  return nameOf(input, 'PolicyName', 128);
}

export function policyArn(input: Input): string {
  return requiredText(input, 'PolicyArn', { min: 20, max: 2048 });
}

function nameOf(input: Input, member: string, max: number): string {
  const name = requiredText(input, member, { min: 1, max });
  if (!/^[\w+=,.@-]+$/.test(name)) {
    const shown = member.charAt(0).toLowerCase() + member.slice(1);
    throw new AwsError('ValidationError', `The specified value for ${shown} is invalid. ${NAME_TEXT}`);
  }
  return name;
}

/** A number of the query protocol, where every value is a text. */
export function optionalNumber(
  input: Input,
  name: string,
  range: { readonly min: number; readonly max: number },
): number | undefined {
  const text = optionalText(input, name);
  if (text === undefined) {
    return undefined;
  }
  if (!/^-?\d+$/.test(text)) {
    throw new AwsError('MalformedInput', `${name} must be an integer`);
  }
  const value = Number(text);
  if (value < range.min) {
    throw constraintError(name, value, `have value greater than or equal to ${range.min}`);
  }
  if (value > range.max) {
    throw constraintError(name, value, `have value less than or equal to ${range.max}`);
  }
  return value;
}

/** A list of the query protocol, where an empty one is an empty text. */
export function optionalList(input: Input, name: string, rule: TextRule): readonly string[] {
  return input[name] === '' ? [] : (optionalTexts(input, name, rule) ?? []);
}

export function readTags(input: Input): readonly RoleTag[] {
  return (input['Tags'] === '' ? [] : (optionalRecords(input, 'Tags') ?? [])).map((tag) => ({
    Key: requiredText(tag, 'Key', { min: 1, max: 128 }),
    Value: requiredText(tag, 'Value', { max: 256 }),
  }));
}

/** One page of a list by MaxItems and Marker, and the members that tell of the next one. */
export function markerPage<T>(
  input: Input,
  all: readonly T[],
  keyOf: (item: T) => string,
): { readonly items: readonly T[]; readonly members: Readonly<Record<string, unknown>> } {
  const limit = optionalNumber(input, 'MaxItems', { min: 1, max: 1000 }) ?? 100;
  const { items, next } = pageOf(all, keyOf, limit, optionalText(input, 'Marker'));
  return {
    items,
    members: { IsTruncated: next !== undefined, ...(next === undefined ? {} : { Marker: next }) },
  };
}
