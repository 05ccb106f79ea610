import * as v from 'valibot';
import { foreignEndpoints } from '../connection/hosts';
import type { Connection } from '../connection/model';

/** What a client secret is bound to: the client it belongs to, and every host outside AWS that would get it. */
const originSchema = v.object({
  userPoolId: v.optional(v.string()),
  clientId: v.optional(v.string()),
  endpoints: v.string(),
});
const storedSchema = v.object({ origin: originSchema, secret: v.pipe(v.string(), v.nonEmpty()) });

function originOf(connection: Connection): v.InferOutput<typeof originSchema> {
  const { userPoolId, clientId } = connection.userPool ?? {};
  const getting = foreignEndpoints(connection).filter(
    ({ service }) => service === 'cognitoIdp' || service === 'hostedUi',
  );
  return {
    userPoolId,
    clientId,
    endpoints: getting.map(({ service, origin }) => `${service} ${origin}`).join(','),
  };
}

/** The text of a client secret for the secret store. */
export function encodeClientSecret(connection: Connection, secret: string): string {
  return JSON.stringify({ origin: originOf(connection), secret });
}

/** The secret, where it was stored for what the connection names now; undefined for any other text. */
export function decodeClientSecret(connection: Connection, text: string): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { success, output } = v.safeParse(storedSchema, value);
  if (!success) return undefined;
  const wanted = originOf(connection);
  const same =
    output.origin.userPoolId === wanted.userPoolId &&
    output.origin.clientId === wanted.clientId &&
    output.origin.endpoints === wanted.endpoints;
  return same ? output.secret : undefined;
}
