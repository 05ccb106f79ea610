import { AWS_DNS_SUFFIXES, REGION } from './ids';
import type { Connection, Endpoints } from './model';

export type EndpointName = Exclude<keyof Endpoints, 's3Checksums'>;

/** In the order in which they are written, compared and shown. */
export const ENDPOINT_NAMES: readonly EndpointName[] = [
  'cognitoIdp',
  'cognitoIdentity',
  'sts',
  'iam',
  's3',
  'hostedUi',
  'jwks',
];

// A host below amazonaws.com may be anybody's (API Gateway, load balancers, EC2), so each endpoint is held against the
// names of its own service, also as a VPC endpoint and in its FIPS and dual-stack forms.
const SERVICE_LABELS: Readonly<Record<Exclude<EndpointName, 'hostedUi'>, string>> = {
  cognitoIdp: '(?:issuer-)?cognito-idp',
  cognitoIdentity: 'cognito-identity',
  sts: 'sts',
  iam: 'iam',
  s3: 's3',
  jwks: '(?:issuer-)?cognito-idp',
};

const escaped = (text: string): string => text.replaceAll('.', '\\.');
const SUFFIXES = [...new Set([...AWS_DNS_SUFFIXES, 'api.aws'])].map(escaped).join('|');
const HOSTED_UI = new RegExp(`^[a-z0-9-]+\\.auth(?:-fips)?\\.${REGION}\\.amazoncognito\\.com(?:\\.cn)?$`);

function isAwsHost(name: EndpointName, host: string): boolean {
  if (name === 'hostedUi') return HOSTED_UI.test(host);
  const region = `(?:\\.dualstack)?(?:\\.(?:${REGION}|us-gov))?(?:\\.vpce)?`;
  return new RegExp(
    `^(?:(?:vpce|bucket\\.vpce)-[a-z0-9-]+\\.)?${SERVICE_LABELS[name]}(?:-fips)?${region}\\.(?:${SUFFIXES})$`,
  ).test(host);
}

/** What cannot be read is still named and asked about, as it stands. */
function foreignHost(service: EndpointName, address: string): ForeignHost | undefined {
  if (!URL.canParse(address)) return { service, host: address, origin: address };
  const { protocol, port, hostname, host, origin } = new URL(address);
  const aws = protocol === 'https:' && port === '' && isAwsHost(service, hostname);
  return aws ? undefined : { service, host, origin };
}

export interface ForeignHost {
  readonly service: EndpointName;
  /** `host[:port]`, or the address itself where it cannot be read. */
  readonly host: string;
  /** With its scheme, for comparing: what was said of https does not hold for http. */
  readonly origin: string;
}

/**
 * Configured endpoints and the domain, by service, where they are not that service of an AWS partition: what the first
 * sign-in asks about. Loopback counts as foreign; plain http does too. Each pair once.
 */
export function foreignEndpoints(connection: Connection): ForeignHost[] {
  const addresses = ENDPOINT_NAMES.map((name) => [name, connection.endpoints?.[name]] as const);
  const domain = connection.userPool?.domain;
  const all = [...addresses, ['hostedUi', domain === undefined ? undefined : `https://${domain}`] as const];
  const found = new Map<string, ForeignHost>();
  for (const [service, address] of all) {
    const foreign = address === undefined ? undefined : foreignHost(service, address);
    if (foreign) found.set(`${service} ${foreign.origin}`, foreign);
  }
  return [...found.values()];
}
