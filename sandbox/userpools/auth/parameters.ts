import { AwsError } from '../../kernel/aws-error';

/** A member of AuthParameters or ChallengeResponses that must be there. */
export function requiredParameter(parameters: ReadonlyMap<string, string>, name: string): string {
  const value = parameters.get(name);
  if (value === undefined || value === '')
    throw new AwsError('InvalidParameterException', `Missing required parameter ${name}`);
  return value;
}
