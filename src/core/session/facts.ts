import type { LocationValues } from '../connection/derive';
import type { Session } from './model';

/** What fills `${identityId}`, `${sub}` and `${username}` of an S3 location for this session. */
export function factsOfSession(
  session: Pick<Session, 'identityId' | 'identityKey' | 'name'>,
): LocationValues {
  const sub = session.identityKey.startsWith('user:') ? session.identityKey.slice('user:'.length) : undefined;
  return {
    username: session.name,
    ...(session.identityId === undefined ? {} : { identityId: session.identityId }),
    ...(sub === undefined ? {} : { sub }),
  };
}
