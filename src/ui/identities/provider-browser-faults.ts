import type { OidcProviderSettings } from '../../core/connection/model';
import { DEFAULT_CALLBACK_PORTS } from '../../core/connection/schema';
import type { ErrorData } from '../../core/errors';
import { isServiceError, isWorkbenchError, WorkbenchError } from '../../core/errors';
import { loopbackCallback } from '../../core/signin/hosted-ui';

/** The page gave no ID token, though `openid` was asked for. */
export function noIdToken(client: OidcProviderSettings): WorkbenchError {
  return failed(client, 'the provider gave no ID token', { reason: 'no-id-token' });
}

/**
 * What failed at the page or the token endpoint of a provider, as the provider's failure: the explanations of the codes
 * that it comes with speak of Cognito's pages. Everything else stays what it is.
 */
export function providerFault(error: unknown, client: OidcProviderSettings): unknown {
  if (!isWorkbenchError(error)) return error;
  const redirectUri = error.data['redirectUri'];
  const more = typeof redirectUri === 'string' ? { redirectUri } : {};
  if (isServiceError(error) && error.service === 'oauth') {
    const { awsCode, awsMessage } = error;
    const detail = [awsCode, awsMessage].filter((part) => part !== '').join(': ');
    return failed(client, `the provider refused: ${awsCode}`, { detail, ...more }, error);
  }
  switch (error.code) {
    case 'signin.browser-timeout':
      return failed(client, error.message, { reason: 'timeout', ...more }, error);
    case 'signin.protocol':
    case 'token.invalid':
    case 'network.not-aws': {
      const { detail, reason } = error.data;
      return failed(client, error.message, { detail: String(detail ?? reason ?? error.message) }, error);
    }
    default:
      return error;
  }
}

function failed(
  { issuer, clientId, callbackPorts = DEFAULT_CALLBACK_PORTS }: OidcProviderSettings,
  message: string,
  data: ErrorData,
  cause?: unknown,
): WorkbenchError {
  const [port] = callbackPorts;
  const redirectUri = port === undefined ? undefined : loopbackCallback(port);
  return new WorkbenchError(
    'federation.provider-failed',
    message,
    { issuer, clientId, redirectUri, ...data },
    cause,
  );
}
