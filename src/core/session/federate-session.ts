import type { Connection } from '../connection/model';
import { federate, isExpiredLogin, isStaleIdentity, type Federated } from '../federation/exchange';
import { developerLoginKey, loginsOf } from '../federation/logins';
import { kindOf } from './keys';
import type { Exchange, Session, StoredLogin } from './model';
import type { SessionsDeps } from './renewal';

export interface SessionExchange {
  /** Instead of the session's own: a guest's, which the sign-in takes over. */
  readonly identityId?: string | undefined;
  readonly flow?: Exchange['flow'] | undefined;
  readonly roleArn?: string | undefined;
  /** Wraps every API that is called, to count its calls. */
  readonly counting?: (<T extends object>(api: T) => T) | undefined;
}

/** What an exchange gave; `logins` where the login itself was renewed on the way. */
export type SessionFederated = Federated & Pick<Session, 'logins'>;

/**
 * AWS credentials for a session, whatever its kind. The OpenID token of a developer-authenticated user is asked for
 * anew where it has ended or its identity is gone, if this tool may. Throws as `loginsOf` and `federate`.
 */
export async function federateSession(
  deps: SessionsDeps,
  connection: Connection,
  session: Session,
  options: SessionExchange = {},
  signal?: AbortSignal,
): Promise<SessionFederated> {
  const counting = options.counting ?? (<T>(api: T): T => api);
  const otherFlow = options.flow !== undefined && options.flow !== connection.identityPool?.flow;
  const exchange = async (current: Session): Promise<SessionFederated> => {
    const apis = {
      pool: counting(await deps.apis.identityPool(connection)),
      sts: async () => counting(await deps.apis.sts(connection)),
    };
    const request = {
      connection,
      logins: loginsOf(connection, current, deps.clock.now()),
      identityId: options.identityId ?? current.identityId,
      roleArn: options.roleArn ?? (otherFlow ? undefined : current.roleArn),
      flow: options.flow,
      sessionName: current.name,
    };
    const federated = await federate(request, apis, deps.clock, signal);
    return current.logins === undefined ? federated : { ...federated, logins: current.logins };
  };
  const { developer } = session;
  const { developerTokens } = deps;
  if (kindOf(session) !== 'developer' || developer?.by !== 'profile' || !developerTokens) {
    return exchange(session);
  }
  const isOwn = ({ provider }: StoredLogin): boolean => provider === developerLoginKey(connection);
  const linked = (session.logins ?? []).filter((login) => !isOwn(login));
  const ends = session.logins?.find(isOwn)?.expiresAt ?? 0;
  const renewed = async (identityId: string | undefined): Promise<Session> => {
    const made = await developerTokens(connection, developer, identityId, signal);
    const login = { provider: developerLoginKey(connection), token: made.token, expiresAt: made.expiresAt };
    return { ...session, identityId: made.identityId, logins: [login, ...linked] };
  };
  if (ends <= deps.clock.now()) return exchange(await renewed(session.identityId).catch(orAnew(renewed)));
  try {
    return await exchange(session);
  } catch (error) {
    if (isExpiredLogin(error)) return exchange(await renewed(session.identityId));
    if (isStaleIdentity(error)) return exchange(await renewed(undefined));
    throw error;
  }
}

/** An identity that is gone cannot be named in the request for its successor. */
function orAnew(renewed: (identityId: undefined) => Promise<Session>) {
  return (error: unknown): Promise<Session> => {
    if (!isStaleIdentity(error)) throw error;
    return renewed(undefined);
  };
}
