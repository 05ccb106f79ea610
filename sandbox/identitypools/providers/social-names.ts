/** The public providers that an identity pool knows by name, and what each is given as its token. */
export const SOCIAL_PROVIDERS = {
  'accounts.google.com': {
    kind: 'id-token',
    issuers: ['https://accounts.google.com', 'accounts.google.com'],
  },
  'appleid.apple.com': { kind: 'id-token', issuers: ['https://appleid.apple.com'] },
  'graph.facebook.com': { kind: 'access-token', prefix: 'EAAB' },
  'www.amazon.com': { kind: 'access-token', prefix: 'Atza|' },
  'api.twitter.com': { kind: 'token-and-secret' },
} as const;

export type SocialName = keyof typeof SOCIAL_PROVIDERS;

export function isSocialName(name: string): name is SocialName {
  return Object.hasOwn(SOCIAL_PROVIDERS, name);
}
