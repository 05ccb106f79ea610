import { WorkbenchError } from '../errors';
import type { ReceivedChallenge } from './challenge';

/** A challenge parameter that must be there. Throws `signin.protocol` where it is missing or empty. */
export function parameter(challenge: ReceivedChallenge, name: string): string {
  const value = challenge.parameters[name];
  if (value === undefined || value === '') throw protocolError(`${challenge.name} came without ${name}`);
  return value;
}

/** A challenge parameter that holds JSON; undefined where it is missing. Throws `signin.protocol` where it is no JSON. */
export function jsonParameter(challenge: ReceivedChallenge, name: string): unknown {
  const text = challenge.parameters[name];
  if (text === undefined || text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw protocolError(`${challenge.name}: ${name} is not JSON`, error);
  }
}

/** The names in a parameter that holds a JSON array; empty where it is missing. Throws `signin.protocol`. */
export function namesParameter(challenge: ReceivedChallenge, name: string): string[] {
  const value = jsonParameter(challenge, name);
  if (value === undefined) return [];
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string'))
    throw protocolError(`${challenge.name}: ${name} is not a list of names`);
  return value;
}

export function protocolError(detail: string, cause?: unknown): WorkbenchError {
  return new WorkbenchError('signin.protocol', detail, { detail }, cause);
}
