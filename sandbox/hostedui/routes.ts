import type { HttpRequest, HttpResponse } from '../kernel/types';
import { answerApi, type ApiHandler } from './api-answer';
import { authorize } from './authorize';
import { cookieOf, setCookie } from './browser-sessions';
import { challengePage } from './challenge-page';
import { confirmPage } from './confirm-page';
import { errorPage, toErrorPage } from './error-page';
import { idpResponse } from './federation/idp-response';
import { forgotPasswordPage, newForgottenPasswordPage } from './forgot-password-pages';
import { loginPage } from './login-page';
import { logout } from './logout';
import { redirect, withQuery } from './page';
import { PageRefusal, RedirectRefusal } from './refusals';
import { revokeEndpoint } from './revoke-endpoint';
import { signUpPage } from './sign-up-page';
import { tokenEndpoint } from './token-endpoint';
import { userInfo } from './user-info';
import { FORM_KEY, type PageHandler, type Visit } from './visit';
import type { HostedUiWorld } from './world';

type Endpoint =
  | { readonly methods: string; readonly page: PageHandler }
  | { readonly methods: string; readonly api: ApiHandler };

const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  '/oauth2/authorize': { methods: 'GET', page: authorize },
  '/oauth2/idpresponse': { methods: 'GET', page: idpResponse },
  '/oauth2/token': { methods: 'POST', api: tokenEndpoint },
  '/oauth2/revoke': { methods: 'POST', api: revokeEndpoint },
  '/oauth2/userInfo': { methods: 'GET, POST', api: userInfo },
  '/login': { methods: 'GET, POST', page: loginPage },
  '/challenge': { methods: 'GET, POST', page: challengePage },
  '/signup': { methods: 'GET, POST', page: signUpPage },
  '/confirmUser': { methods: 'GET, POST', page: confirmPage },
  '/forgotPassword': { methods: 'GET, POST', page: forgotPasswordPage },
  '/confirmForgotPassword': { methods: 'GET, POST', page: newForgottenPasswordPage },
  '/logout': { methods: 'GET', page: logout },
  '/error': { methods: 'GET', page: errorPage },
};

export interface HostedUiRoute {
  /** For faults and counts: `authorize`, `token`, `login`, … */
  readonly operation: string;
  readonly run: (requestId: string) => Promise<HttpResponse>;
}

/** Who answers a request to the hosted UI; undefined where it is none. */
export function routeHostedUi(world: HostedUiWorld, request: HttpRequest): HostedUiRoute | undefined {
  const path = request.rawPath;
  const endpoint = Object.hasOwn(ENDPOINTS, path) ? ENDPOINTS[path] : undefined;
  if (endpoint === undefined) return undefined;
  return {
    operation: path.slice(path.lastIndexOf('/') + 1),
    async run(requestId) {
      if (!endpoint.methods.split(', ').includes(request.method))
        return { status: 405, headers: { allow: endpoint.methods } };
      const facts = { requestId, sourceIp: request.sourceIp };
      return 'api' in endpoint
        ? answerApi(endpoint.api, world, request, facts)
        : answerPage(endpoint.page, world, request, facts);
    },
  };
}

async function answerPage(
  handler: PageHandler,
  world: HostedUiWorld,
  request: HttpRequest,
  facts: { readonly requestId: string; readonly sourceIp: string },
): Promise<HttpResponse> {
  const browser = world.browsers.of(request);
  const query = new URLSearchParams(request.rawQuery);
  const posted = request.method === 'POST';
  const form = posted ? new URLSearchParams(request.body.toString('utf8')) : undefined;
  const visit: Visit = { ...facts, request, browser, query, form };
  const answer =
    form !== undefined && form.get(FORM_KEY) !== browser.formKey
      ? toErrorPage(new PageRefusal('invalid_form'))
      : await refusalsAnswered(handler, world, visit);
  if (cookieOf(request) === browser.id) return answer;
  return { ...answer, headers: { ...answer.headers, 'set-cookie': setCookie(browser) } };
}

async function refusalsAnswered(
  handler: PageHandler,
  world: HostedUiWorld,
  visit: Visit,
): Promise<HttpResponse> {
  try {
    return await handler(world, visit);
  } catch (error) {
    if (error instanceof PageRefusal) return toErrorPage(error);
    if (!(error instanceof RedirectRefusal)) throw error;
    const { target, error: code, description } = error;
    return redirect(
      withQuery(target.redirectUri, { error: code, error_description: description, state: target.state }),
    );
  }
}
