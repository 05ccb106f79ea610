import type { SessionRef } from '../core/session/model';

/** Opens the Inspector; supplied by services.ts, so that `ui` need not know the panel. */
export interface InspectorOpener {
  open(
    ref: SessionRef,
    request?: { tab: 'tokens' | 'credentials' | 's3'; address?: string; findCause?: boolean },
  ): Promise<void>;
}
