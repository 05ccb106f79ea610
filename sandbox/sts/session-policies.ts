import { type Iam, parsePolicyText } from '../iam';
import { AwsError } from '../kernel/aws-error';
import {
  constraintError,
  type Input,
  isRecord,
  optionalRecords,
  optionalText,
  requiredText,
} from '../kernel/input';
import type { PolicyDocument } from '../kernel/types';

/** Of the Policy and the ARNs together. */
const MAX_CHARACTERS = 2048;
const MAX_ARNS = 10;

/**
 * The session policies of a request to STS: its own, and managed ones by their ARNs; undefined where there are none.
 * Throws ValidationError texts as InvalidParameterException, MalformedPolicyDocument and PackedPolicyTooLarge.
 */
export function readSessionPolicies(
  input: Input,
  iam: Pick<Iam, 'managedPolicyText'>,
): readonly PolicyDocument[] | undefined {
  const own = optionalText(input, 'Policy', { min: 1, max: MAX_CHARACTERS, secret: true });
  const given = input['PolicyArns'] === '' ? [] : (optionalRecords(input, 'PolicyArns') ?? []);
  if (given.length > MAX_ARNS) {
    throw constraintError('PolicyArns', undefined, `have length less than or equal to ${MAX_ARNS}`, true);
  }
  const arns = given.map((one) => requiredText(one, 'arn', { min: 20, max: 2048 }));
  if ([own ?? '', ...arns].join('').length > MAX_CHARACTERS) {
    throw new AwsError(
      'PackedPolicyTooLarge',
      `Policy and PolicyArns together must not be longer than ${MAX_CHARACTERS} characters.`,
    );
  }
  const managed = arns.map((arn) => {
    const text = iam.managedPolicyText(arn);
    if (text === undefined) {
      throw new AwsError('MalformedPolicyDocument', `Policy ${arn} does not exist or is not attachable.`);
    }
    return text;
  });
  const texts = own === undefined ? managed : [own, ...managed];
  return texts.length === 0 ? undefined : texts.map(documentOf);
}

function documentOf(text: string): PolicyDocument {
  parsePolicyText(text, 'identity');
  const document: unknown = JSON.parse(text);
  return isRecord(document) ? document : {};
}
