/**
 * What became of an identity ID. `linked`: a guest's identity is now that of the user who signed in. `merged`: the user
 * had one already, and the guest's is disabled. `replaced`: the stored one was no longer honoured.
 */
export interface IdentityChange {
  readonly kind: 'linked' | 'merged' | 'replaced';
  readonly from: string;
  readonly to: string;
}

/** What a sign-in that took over a guest's identity ID made of it. */
export function guestChange(guestId: string | undefined, to: string | undefined): IdentityChange | undefined {
  if (guestId === undefined || to === undefined) return undefined;
  return { kind: guestId === to ? 'linked' : 'merged', from: guestId, to };
}

export function replacement(from: string | undefined, to: string | undefined): IdentityChange | undefined {
  return from === undefined || to === undefined || from === to ? undefined : { kind: 'replaced', from, to };
}
