import * as l10n from '@vscode/l10n';

type Row = readonly [names: string, source: string, meaning: () => string];

const rfc = (number: number, section = ''): string =>
  `https://www.rfc-editor.org/rfc/rfc${number}.html${section === '' ? '' : `#section-${section}`}`;
const CORE = 'https://openid.net/specs/openid-connect-core-1_0.html';
const ASSURANCE = 'https://openid.net/specs/openid-connect-4-ida-claims-1_0.html';
const FEDERATION = 'https://openid.net/specs/openid-federation-1_0.html';
const ETSI = 'https://www.etsi.org/deliver/etsi_gs/NFV-SEC/001_099/022/';
const TS_29510 = 'https://www.3gpp.org/dynareport/29510.htm';
const TS_29222 = 'https://www.3gpp.org/dynareport/29222.htm';
const VC = 'https://www.w3.org/TR/vc-data-model/#json-web-token';

/**
 * The claims of IANA's registry "JSON Web Token Claims" that Cognito does not issue itself, and those of drafts that are
 * registered there: other providers' tokens have them, and triggers may add them. One row for each family or claim.
 */
const ROWS: readonly Row[] = [
  ['sub_jwk', `${CORE}#SelfIssued`, () => l10n.t('The key of a provider that issues tokens for itself.')],
  [
    '_claim_names',
    `${CORE}#AggregatedDistributedClaims`,
    () => l10n.t('Which claims stand elsewhere, and under which source.'),
  ],
  [
    '_claim_sources',
    `${CORE}#AggregatedDistributedClaims`,
    () => l10n.t('The sources of claims that stand elsewhere.'),
  ],
  [
    'cnf',
    rfc(7800, '3.1'),
    () => l10n.t('The key that the sender must prove to have: a stolen token alone is of no use.'),
  ],
  ['sip_from_tag', rfc(8055), () => l10n.t('Tag of the From header of a SIP request.')],
  ['sip_date', rfc(8055), () => l10n.t('Date header of a SIP request.')],
  ['sip_callid', rfc(8055), () => l10n.t('Call-Id header of a SIP request.')],
  ['sip_cseq_num', rfc(8055), () => l10n.t('Number of the CSeq header of a SIP request.')],
  ['sip_via_branch', rfc(8055), () => l10n.t('Branch of the Via header of a SIP request.')],
  ['orig', rfc(8225, '5.2.1'), () => l10n.t('Who makes the phone call.')],
  ['dest', rfc(8225, '5.2.1'), () => l10n.t('Who is called.')],
  ['mky', rfc(8225, '5.2.2'), () => l10n.t('Fingerprints of the keys of a phone call’s media.')],
  ['events', rfc(8417, '2.2'), () => l10n.t('The security events that the token tells of.')],
  ['toe', rfc(8417, '2.2'), () => l10n.t('When the event happened.')],
  ['txn', rfc(8417, '2.2'), () => l10n.t('The transaction that the token or event belongs to.')],
  ['rph', rfc(8443, '3'), () => l10n.t('The priority that a phone call may claim.')],
  ['vot', rfc(8485), () => l10n.t('How far the identity and its proof can be trusted, part by part.')],
  ['vtm', rfc(8485), () => l10n.t('Address of the document that says what the vector of trust means.')],
  ['attest', rfc(8588), () => l10n.t('How sure the phone company is of the caller’s number.')],
  ['origid', rfc(8588), () => l10n.t('Identifies where a phone call came from.')],
  ['act', rfc(8693, '4.1'), () => l10n.t('Who acts on behalf of the subject.')],
  ['may_act', rfc(8693, '4.4'), () => l10n.t('Who may act on behalf of the subject.')],
  ['jcard', rfc(8688), () => l10n.t('A business card of the one who rejected a phone call.')],
  ['at_use_nbr', ETSI, () => l10n.t('How many requests the access token is good for.')],
  ['div', rfc(8946), () => l10n.t('Who was called before the call was passed on.')],
  ['opt', rfc(8946), () => l10n.t('The token of the call before it was passed on.')],
  ['vc', VC, () => l10n.t('A verifiable credential.')],
  ['vp', VC, () => l10n.t('A presentation of verifiable credentials.')],
  ['sph', rfc(9027), () => l10n.t('Priority header of a SIP request.')],
  ['ace_profile', rfc(9200, '5.10'), () => l10n.t('The profile that the token must be used with.')],
  [
    'cnonce',
    rfc(9200, '5.10'),
    () => l10n.t('A value of the resource server, repeated to show that the token is fresh.'),
  ],
  [
    'exi',
    rfc(9200, '5.10.3'),
    () => l10n.t('How many seconds the token lives from when it is first seen; for devices without a clock.'),
  ],
  [
    'roles',
    rfc(9068, '2.2.3.1'),
    () => l10n.t('Roles of the user, as the provider names them; not IAM roles.'),
  ],
  [
    'groups',
    rfc(9068, '2.2.3.1'),
    () => l10n.t('Groups of the user at the provider; Cognito’s own stand in "cognito:groups".'),
  ],
  ['entitlements', rfc(9068, '2.2.3.1'), () => l10n.t('What the user may use, as the provider names it.')],
  [
    'token_introspection',
    rfc(9701, '5'),
    () => l10n.t('What the issuer answered when it was asked about a token.'),
  ],
  ['eat_nonce', rfc(9711), () => l10n.t('A value of the one who asked a device for this proof, repeated.')],
  ['ueid', rfc(9711), () => l10n.t('The lasting ID of a device.')],
  ['sueids', rfc(9711), () => l10n.t('IDs of a device that change with its owner or state.')],
  ['oemid', rfc(9711), () => l10n.t('The maker of a device.')],
  ['hwmodel', rfc(9711), () => l10n.t('The model of a device.')],
  ['hwversion', rfc(9711), () => l10n.t('The version of a device’s hardware.')],
  ['oemboot', rfc(9711), () => l10n.t('Whether a device was started with its maker’s software.')],
  ['dbgstat', rfc(9711), () => l10n.t('Whether a device’s debugging facilities are off.')],
  ['location', rfc(9711), () => l10n.t('Where a device is.')],
  ['eat_profile', rfc(9711), () => l10n.t('The profile that a device’s proof follows.')],
  ['submods', rfc(9711), () => l10n.t('The same for the parts of a device.')],
  ['uptime', rfc(9711), () => l10n.t('For how many seconds a device has been running.')],
  ['bootcount', rfc(9711), () => l10n.t('How often a device was started.')],
  ['bootseed', rfc(9711), () => l10n.t('A value that changes each time a device is started.')],
  ['dloas', rfc(9711), () => l10n.t('Certifications of a device.')],
  ['swname', rfc(9711), () => l10n.t('The name of a device’s software.')],
  ['swversion', rfc(9711), () => l10n.t('The version of a device’s software.')],
  ['manifests', rfc(9711), () => l10n.t('What software a device has.')],
  ['measurements', rfc(9711), () => l10n.t('Measurements of a device’s software and memory.')],
  ['measres', rfc(9711), () => l10n.t('How a device’s measurements compare with what they should be.')],
  ['intuse', rfc(9711), () => l10n.t('What a device’s proof is meant for.')],
  [
    'cdniv',
    rfc(9246, '2.1.8'),
    () => l10n.t('Version of the claims of a signed address in a delivery network.'),
  ],
  ['cdnicrit', rfc(9246, '2.1.9'), () => l10n.t('Claims that a delivery network must understand.')],
  ['cdniip', rfc(9246, '2.1.10'), () => l10n.t('The address of the client that content is delivered to.')],
  ['cdniuc', rfc(9246, '2.1.11'), () => l10n.t('The content that may be delivered.')],
  [
    'cdniets',
    rfc(9246, '2.1.12'),
    () => l10n.t('For how many seconds the next token of a delivery is valid.'),
  ],
  ['cdnistt', rfc(9246, '2.1.13'), () => l10n.t('How the next token of a delivery is handed over.')],
  [
    'cdnistd',
    rfc(9246, '2.1.14'),
    () => l10n.t('How many parts of an address the next token of a delivery is for.'),
  ],
  ['sig_val_claims', rfc(9321, '3.2.3'), () => l10n.t('How a signature on a document was checked.')],
  ['authorization_details', rfc(9396, '9.1'), () => l10n.t('What the token allows, in detail.')],
  [
    'verified_claims',
    'https://openid.net/specs/openid-ida-verified-claims-1_0.html',
    () => l10n.t('Claims on the user with the evidence for them.'),
  ],
  ['place_of_birth', ASSURANCE, () => l10n.t('Where the user was born.')],
  ['nationalities', ASSURANCE, () => l10n.t('The user’s nationalities.')],
  ['birth_family_name', ASSURANCE, () => l10n.t('The user’s family name at birth.')],
  ['birth_given_name', ASSURANCE, () => l10n.t('The user’s given name at birth.')],
  ['birth_middle_name', ASSURANCE, () => l10n.t('The user’s middle name at birth.')],
  ['salutation', ASSURANCE, () => l10n.t('How the user is addressed.')],
  ['title', ASSURANCE, () => l10n.t('The user’s title.')],
  ['msisdn', ASSURANCE, () => l10n.t('The user’s mobile phone number.')],
  ['also_known_as', ASSURANCE, () => l10n.t('A name of the user besides the legal one.')],
  ['htm', rfc(9449, '4.2'), () => l10n.t('The HTTP method of the request that this proof is for.')],
  ['htu', rfc(9449, '4.2'), () => l10n.t('The address of the request that this proof is for.')],
  ['ath', rfc(9449, '4.2'), () => l10n.t('A hash of the access token that this proof goes with.')],
  ['atc', rfc(9447), () => l10n.t('What the holder may get certificates for.')],
  ['sub_id', rfc(9493, '4.1'), () => l10n.t('The subject, by another kind of name than "sub".')],
  ['rcd', rfc(9795), () => l10n.t('Name, logo and the like of a caller.')],
  ['rcdi', rfc(9795), () => l10n.t('Hashes of what a caller shows of itself.')],
  ['crn', rfc(9795), () => l10n.t('Why somebody calls.')],
  ['msgi', rfc(9475), () => l10n.t('Hashes of a text message.')],
  [
    'rdap_allowed_purposes',
    rfc(9560, '3.1.5.1'),
    () => l10n.t('For which purposes domain data may be asked.'),
  ],
  ['rdap_dnt_allowed', rfc(9560, '3.1.5.2'), () => l10n.t('Whether the user may ask not to be tracked.')],
  [
    'geohash',
    'https://shop.cta.tech/products/fast-and-readable-geographical-hashing-cta-5009',
    () => l10n.t('A place, as a geohash.'),
  ],
  ['_sd', rfc(9901, '4.2.4.1'), () => l10n.t('Hashes of claims that the holder may show or keep back.')],
  [
    '...',
    rfc(9901, '4.2.4.2'),
    () => l10n.t('A hash of a list’s item that the holder may show or keep back.'),
  ],
  ['_sd_alg', rfc(9901, '4.1.1'), () => l10n.t('How claims that can be kept back are hashed.')],
  ['sd_hash', rfc(9901, '4.3'), () => l10n.t('A hash of the token that this proof of possession goes with.')],
  ['consumerPlmnId consumerSnpnId', TS_29510, () => l10n.t('The mobile network that asks (5G).')],
  ['producerPlmnId producerSnpnId', TS_29510, () => l10n.t('The mobile network that is asked (5G).')],
  [
    'producerSnssaiList producerNsiList',
    TS_29510,
    () => l10n.t('The slices of the mobile network that may be asked (5G).'),
  ],
  [
    'producerNfSetId producerNfServiceSetId sourceNfInstanceId',
    TS_29510,
    () => l10n.t('The functions of the mobile network that may be asked (5G).'),
  ],
  ['analyticsIdList', TS_29510, () => l10n.t('The analyses that may be asked for (5G).')],
  ['resOwnerId', TS_29222, () => l10n.t('Who owns what is asked for (5G).')],
  [
    'cmw',
    'https://datatracker.ietf.org/doc/draft-ietf-rats-msg-wrap/',
    () => l10n.t('A wrapped message of a device’s proof.'),
  ],
  [
    'status',
    'https://datatracker.ietf.org/doc/draft-ietf-oauth-status-list/',
    () => l10n.t('Where to look up whether the token was revoked.'),
  ],
  [
    'status_list',
    'https://datatracker.ietf.org/doc/draft-ietf-oauth-status-list/',
    () => l10n.t('The states of many tokens, one or more bits each.'),
  ],
  [
    'ttl',
    'https://datatracker.ietf.org/doc/draft-ietf-oauth-status-list/',
    () => l10n.t('For how many seconds this list may be kept.'),
  ],
  ['jwks', FEDERATION, () => l10n.t('Keys inside the token. They must not be trusted by themselves.')],
  ['keys', FEDERATION, () => l10n.t('The keys of a signed key set.')],
  [
    'metadata metadata_policy metadata_policy_crit',
    FEDERATION,
    () => l10n.t('What a member of an OpenID federation says of itself, and what it may say.'),
  ],
  [
    'constraints',
    FEDERATION,
    () => l10n.t('How long a chain of an OpenID federation may be, and who may be in it.'),
  ],
  ['crit', FEDERATION, () => l10n.t('Claims that a reader must understand.')],
  ['ref', FEDERATION, () => l10n.t('Address of a document on this mark of trust.')],
  ['delegation', FEDERATION, () => l10n.t('The right to give out a mark of trust in its owner’s place.')],
  ['logo_uri', FEDERATION, () => l10n.t('Address of a logo.')],
  [
    'authority_hints trust_anchor_hints trust_anchor trust_chain',
    FEDERATION,
    () => l10n.t('The chain of trust of an OpenID federation.'),
  ],
  [
    'trust_marks trust_mark_issuers trust_mark_owners trust_mark_type',
    FEDERATION,
    () => l10n.t('Marks of trust of an OpenID federation.'),
  ],
  [
    'source_endpoint',
    FEDERATION,
    () => l10n.t('Where this statement of an OpenID federation can be fetched.'),
  ],
];

const BY_NAME = new Map(ROWS.flatMap((row) => row[0].split(' ').map((name) => [name, row] as const)));

/** Meaning and source of a registered claim that is not one of Cognito's; undefined for others. */
export function registeredClaim(
  name: string,
): { readonly meaning: string; readonly source: string } | undefined {
  const row = BY_NAME.get(name);
  return row && { meaning: row[2](), source: row[1] };
}
