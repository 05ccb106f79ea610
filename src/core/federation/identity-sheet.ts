import type { Connection } from '../connection/model';
import { connectionLabel, loginKeyOf } from '../connection/derive';
import { kindOf } from '../session/keys';
import type { Session } from '../session/model';
import { claimsOf } from '../session/token-set';
import { developerLoginKey } from './logins';

/**
 * What tells two identities apart, as JSON to be laid side by side: who it is, the identity ID, the role and how it
 * came, the logins, the claims of the ID token by name. No token and no key is in it; times as ISO 8601.
 */
export function identitySheet(session: Session, connection: Connection): string {
  const { caller, credentials, exchange, tokens, roleArn } = session;
  const sheet = {
    identity: {
      name: session.name,
      kind: kindOf(session),
      connection: connectionLabel(connection),
      identityId: session.identityId ?? null,
      signedInAt: iso(session.signedInAt),
    },
    credentials: {
      role: caller?.roleName ?? null,
      account: caller?.accountId ?? null,
      callerArn: caller?.arn ?? null,
      chosenRole: roleArn ?? connection.identityPool?.roleArn ?? null,
      flow: exchange?.flow ?? null,
      expiresAt: credentials ? iso(credentials.expiresAt) : null,
    },
    logins: [
      ...(tokens?.idToken === undefined ? [] : [loginKeyOf(connection)]),
      ...(session.logins ?? []).map(({ provider }) =>
        provider === developerLoginKey(connection) ? (session.developer?.providerName ?? provider) : provider,
      ),
    ],
    claims: byName(claimsOf(tokens?.idToken ?? session.logins?.[0]?.token)),
  };
  return `${JSON.stringify(sheet, undefined, 2)}\n`;
}

/** In the order of their names, so that the same claim stands in the same place. */
function byName(claims: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const names = Object.keys(claims).sort();
  return Object.fromEntries(names.map((name) => [name, claims[name]]));
}

function iso(millis: number): string | null {
  const date = new Date(millis);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
