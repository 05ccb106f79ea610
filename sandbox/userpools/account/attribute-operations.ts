import { AwsError } from '../../kernel/aws-error';
import { optionalTexts, requiredText, type Input } from '../../kernel/input';
import type { Operation } from '../../kernel/types';
import { checkMutable, missingAttributes, readAttributes } from '../attributes';
import { checkCode, claimAlias } from '../codes';
import type { UserPoolContext } from '../context';
import { sendCode, type DeliveryDetails } from '../delivery';
import type { AppClient, DeliveredTo, PoolUser, UserPool } from '../model';
import { requireAccessToken } from '../tokens/access-token';

const invalid = (message: string): AwsError => new AwsError('InvalidParameterException', message);

export function attributeOperations(context: UserPoolContext): Record<string, Operation> {
  return {
    UpdateUserAttributes(input) {
      const { pool, client, user } = requireAccessToken(context, input);
      const attributes = readAttributes(pool, input, 'UserAttributes');
      for (const name of attributes.keys()) checkWritable(pool, client, name);
      const sent = [...attributes].flatMap(([name, value]) => setAttribute(context, pool, user, name, value));
      user.modifiedAt = context.clock.now();
      return { CodeDeliveryDetailsList: sent };
    },
    DeleteUserAttributes(input) {
      const { pool, client, user } = requireAccessToken(context, input);
      const names = optionalTexts(input, 'UserAttributeNames', { min: 1, max: 32 }) ?? [];
      const left = new Map([...user.attributes].filter(([name]) => !names.includes(name)));
      for (const name of names) checkWritable(pool, client, name);
      const missing = missingAttributes(pool, left).find((name) => names.includes(name));
      if (missing !== undefined)
        throw invalid(`User attribute ${missing} is required and cannot be deleted.`);
      for (const name of names) {
        user.attributes.delete(name);
        user.attributes.delete(`${name}_verified`);
      }
      user.modifiedAt = context.clock.now();
      return {};
    },
    GetUserAttributeVerificationCode(input) {
      const { pool, user } = requireAccessToken(context, input);
      const name = contactName(input);
      const to = user.unverified.get(name) ?? user.attributes.get(name);
      return { CodeDeliveryDetails: sendCode(context, pool, user, `verify-${name}`, name, to) };
    },
    VerifyUserAttribute(input) {
      const { pool, user } = requireAccessToken(context, input);
      verifyAttribute(context, pool, user, input);
      return {};
    },
  };
}

function contactName(input: Input): DeliveredTo {
  const name = requiredText(input, 'AttributeName', { min: 1, max: 32 });
  if (name === 'email' || name === 'phone_number') return name;
  throw invalid(`Invalid attribute name for verification: ${name}`);
}

function checkWritable(pool: UserPool, client: AppClient, name: string): void {
  const writable = client.settings.writeAttributes?.includes(name) ?? true;
  if (name.endsWith('_verified') || !writable)
    throw new AwsError('NotAuthorizedException', 'A client attempted to write unauthorized attribute');
  checkMutable(pool, name);
}

/** Sets a value, or keeps it back until its code comes; answers where codes were sent. */
function setAttribute(
  context: UserPoolContext,
  pool: UserPool,
  user: PoolUser,
  name: string,
  value: string,
): readonly DeliveryDetails[] {
  const contact = name === 'email' || name === 'phone_number' ? name : undefined;
  if (contact === undefined || user.attributes.get(name) === value) {
    user.attributes.set(name, value);
    return [];
  }
  const { autoVerifiedAttributes, verifyBeforeUpdate } = pool.settings;
  const keptBack = verifyBeforeUpdate.includes(contact);
  if (keptBack) {
    user.unverified.set(contact, value);
  } else {
    user.attributes.set(contact, value);
    user.attributes.set(`${contact}_verified`, 'false');
  }
  if (!keptBack && !autoVerifiedAttributes.includes(contact)) return [];
  return [sendCode(context, pool, user, `verify-${contact}`, contact, value)];
}

function verifyAttribute(context: UserPoolContext, pool: UserPool, user: PoolUser, input: Input): void {
  const name = contactName(input);
  const code = requiredText(input, 'Code', { min: 1, max: 2048, pattern: /^\S+$/, secret: true });
  checkCode(user, `verify-${name}`, code, context.clock.now());
  const value = user.unverified.get(name) ?? user.attributes.get(name);
  if (value === undefined) throw invalid(`User does not have attribute ${name}.`);
  claimAlias(pool, user, name, value, false);
  user.attributes.set(name, value);
  user.attributes.set(`${name}_verified`, 'true');
  user.unverified.delete(name);
  user.codes.delete(`verify-${name}`);
  user.modifiedAt = context.clock.now();
}
