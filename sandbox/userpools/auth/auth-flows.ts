import { AwsError } from '../../kernel/aws-error';
import type { Gate } from '../gate';

export type SupportedFlow =
  'USER_PASSWORD_AUTH' | 'USER_SRP_AUTH' | 'USER_AUTH' | 'CUSTOM_AUTH' | 'REFRESH_TOKEN_AUTH';

const DEFAULT_FLOWS = ['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_CUSTOM_AUTH'];
const LEGACY_FLOWS: ReadonlySet<string> = new Set([
  'ADMIN_NO_SRP_AUTH',
  'CUSTOM_AUTH_FLOW_ONLY',
  'USER_PASSWORD_AUTH',
]);

const invalid = (message: string): AwsError => new AwsError('InvalidParameterException', message);

/** The flow to run; throws what AWS answers where the client, or the public API, does not have it. */
export function allowedFlow({ client, pool }: Gate, flow: string): SupportedFlow {
  const flows = effectiveFlows(client.settings.explicitAuthFlows);
  switch (flow) {
    case 'USER_PASSWORD_AUTH':
      if (!flows.has('ALLOW_USER_PASSWORD_AUTH'))
        throw invalid('USER_PASSWORD_AUTH flow not enabled for this client');
      return flow;
    case 'USER_SRP_AUTH':
      if (client.settings.explicitAuthFlows?.includes('CUSTOM_AUTH_FLOW_ONLY') === true)
        throw invalid('Only custom auth (lambda driven) is enabled for this client.');
      if (!flows.has('ALLOW_USER_SRP_AUTH')) throw invalid('USER_SRP_AUTH is not enabled for the client.');
      return flow;
    case 'REFRESH_TOKEN_AUTH':
    case 'REFRESH_TOKEN':
      if (!flows.has('ALLOW_REFRESH_TOKEN_AUTH'))
        throw invalid('REFRESH_TOKEN_AUTH flow not enabled for this client');
      return 'REFRESH_TOKEN_AUTH';
    case 'CUSTOM_AUTH':
      if (!flows.has('ALLOW_CUSTOM_AUTH')) throw invalid('CUSTOM_AUTH is not enabled for the client.');
      return flow;
    case 'USER_AUTH':
      if (!flows.has('ALLOW_USER_AUTH')) throw invalid('USER_AUTH is not enabled for the client.');
      if (pool.settings.tier === 'LITE')
        throw new AwsError(
          'FeatureUnavailableInTierException',
          'USER_AUTH is not available in the feature plan of this user pool.',
        );
      return flow;
    default:
      throw invalid('Initiate Auth method not supported.');
  }
}

/** Whether USER_AUTH is there for the client. */
export function allowsChoice({ client, pool }: Gate): boolean {
  return (
    effectiveFlows(client.settings.explicitAuthFlows).has('ALLOW_USER_AUTH') && pool.settings.tier !== 'LITE'
  );
}

/** For AdminInitiateAuth, which has a password flow of its own beside the public ones. */
export function allowedAdminFlow(gate: Gate, flow: string): SupportedFlow {
  if (flow !== 'ADMIN_USER_PASSWORD_AUTH' && flow !== 'ADMIN_NO_SRP_AUTH') return allowedFlow(gate, flow);
  const flows = gate.client.settings.explicitAuthFlows ?? [];
  if (!flows.includes('ALLOW_ADMIN_USER_PASSWORD_AUTH') && !flows.includes('ADMIN_NO_SRP_AUTH'))
    throw invalid('Auth flow not enabled for this client');
  return 'USER_PASSWORD_AUTH';
}

/** Throws where old and new names of flows are mixed. */
export function checkFlowNames(flows: readonly string[] | undefined): void {
  const legacy = flows?.filter((flow) => LEGACY_FLOWS.has(flow)) ?? [];
  if (legacy.length > 0 && flows?.some((flow) => flow.startsWith('ALLOW_')))
    throw invalid('You can not use ALLOW_* flows together with legacy flows.');
}

function effectiveFlows(flows: readonly string[] | undefined): ReadonlySet<string> {
  if (flows === undefined || flows.length === 0) return new Set(DEFAULT_FLOWS);
  if (!flows.some((flow) => LEGACY_FLOWS.has(flow))) return new Set(flows);
  const custom = flows.includes('CUSTOM_AUTH_FLOW_ONLY');
  return new Set([
    'ALLOW_REFRESH_TOKEN_AUTH',
    'ALLOW_CUSTOM_AUTH',
    ...(custom ? [] : ['ALLOW_USER_SRP_AUTH']),
    ...(flows.includes('USER_PASSWORD_AUTH') ? ['ALLOW_USER_PASSWORD_AUTH'] : []),
  ]);
}
