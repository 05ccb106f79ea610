import type { HttpRequest, HttpResponse } from '../kernel/types';
import { OAuthRefusal } from './refusals';
import type { CallFacts, HostedUiWorld } from './world';

/** Answers the members of a JSON document, or nothing for an empty answer; throws OAuthRefusal. */
export type ApiHandler = (
  world: HostedUiWorld,
  request: HttpRequest,
  facts: CallFacts,
) => object | undefined | Promise<object | undefined>;

export async function answerApi(
  handler: ApiHandler,
  world: HostedUiWorld,
  request: HttpRequest,
  facts: CallFacts,
): Promise<HttpResponse> {
  try {
    const document = await handler(world, request, facts);
    return document === undefined ? { status: 200, headers: NO_STORE } : json(200, document);
  } catch (error) {
    if (!(error instanceof OAuthRefusal)) throw error;
    const { error: code, description, status } = error;
    const document = { error: code, ...(description !== undefined && { error_description: description }) };
    const answer = json(status, document);
    if (status !== 401) return answer;
    const challenge = `Bearer error="${code}", error_description="${description ?? ''}"`;
    return { ...answer, headers: { ...answer.headers, 'www-authenticate': challenge } };
  }
}

const NO_STORE = { 'cache-control': 'no-store', pragma: 'no-cache' };

function json(status: number, document: object): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'application/json;charset=UTF-8', ...NO_STORE },
    body: JSON.stringify(document),
  };
}
