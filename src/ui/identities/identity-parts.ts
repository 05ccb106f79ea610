import type { Sessions } from '../../core/session/manager';
import type { SessionStore } from '../../core/session/store';
import type { EndpointApproval } from '../../host/endpoint-approval';
import type { Failures } from '../../host/failures';
import type { Identities } from '../../host/identities';
import type { Picker } from '../pick';

/** What the commands about identities share. */
export interface IdentityParts {
  readonly picker: Picker;
  readonly sessions: Sessions;
  readonly store: SessionStore;
  readonly identities: Identities;
  readonly approval: EndpointApproval;
  readonly failures: Failures;
}
