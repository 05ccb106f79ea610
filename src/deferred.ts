/**
 * Entry of the side bundle `dist/deferred.js`: what the entry calls, but not while it activates (reading settings and
 * sessions, drawing the tree). The sources import these functions as any others; the build turns them into calls of
 * this bundle, which loads at the first one. Functions only: there is nothing to hold before it is loaded.
 */
export {
  connectionLabel,
  identityPoolRegion,
  originOf,
  sameOrigin,
  userPoolRegion,
} from './core/connection/derive';
export { parseConnections, toSettings } from './core/connection/parse';
export { redactSecrets } from './core/redact';
export { isFurtherSandboxPool } from './core/sandbox';
export { decodeClientSecret, encodeClientSecret } from './core/session/client-secret';
export { decodeIndex, decodeSession, encodeSession } from './core/session/codec';
export { nextTextChange } from './core/time';
export { lookOf } from './ui/identity-look';
export { nodeId } from './ui/tree/nodes';
export { connectionItem, detailItem, heldOf, identityItem } from './ui/tree/tree-items';
