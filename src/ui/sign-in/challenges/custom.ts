import * as vscode from 'vscode';
import type { ChallengeAnswer, PendingChallenge } from '../../../core/signin/challenge';
import { askChoice, askText } from '../../input';
import { pressed, refusal, sessionCountdown } from './common';

/** CUSTOM_CHALLENGE: the public parameters that the pool's own trigger chose, and one answer. */
export function answerCustom(
  challenge: Extract<PendingChallenge, { kind: 'custom' }>,
): Promise<ChallengeAnswer> {
  const parameters = shown(challenge.parameters);
  return pressed(async () => ({
    kind: 'custom',
    answer: await askText({
      title: vscode.l10n.t('Custom challenge {0} for {1}', challenge.round, challenge.username),
      prompt:
        parameters === ''
          ? vscode.l10n.t('The pool asks a question of its own. Your answer')
          : vscode.l10n.t('The pool asks: {0}', parameters),
      back: challenge.canGoBack,
      ...sessionCountdown(challenge),
      ...refusal(challenge),
      validate: (value) => (value === '' ? vscode.l10n.t('Enter an answer.') : undefined),
    }),
  }));
}

/** A challenge that this tool does not know: its parameters, and a form of names and values. */
export function answerUnknown(
  challenge: Extract<PendingChallenge, { kind: 'unknown' }>,
): Promise<ChallengeAnswer> {
  const title = vscode.l10n.t('{0} for {1}', challenge.name, challenge.username);
  return pressed(async () => {
    const responses: Record<string, string> = {};
    for (;;) {
      const given = Object.entries(responses);
      const next = await askChoice<'send' | 'add'>({
        title,
        placeHolder: vscode.l10n.t('Cognito sent: {0}', shown(challenge.parameters) || '–'),
        back: challenge.canGoBack,
        items: [
          { label: vscode.l10n.t('$(add) Add a response…'), value: 'add' },
          {
            label: vscode.l10n.t('$(send) Send'),
            detail: given.map(([name]) => name).join(', '),
            value: 'send',
          },
        ],
      });
      if (next === 'send') return { kind: 'unknown', responses };
      const name = await askText({
        title,
        prompt: vscode.l10n.t('Name of the response, for example ANSWER'),
        value: 'ANSWER',
        validate: (value) => (value.trim() === '' ? vscode.l10n.t('Enter a name.') : undefined),
      });
      responses[name.trim()] = await askText({ title, prompt: vscode.l10n.t('Value of {0}', name) });
    }
  });
}

/** Parameters in one line; they come from the pool's own code and may hold anything. */
function shown(parameters: Readonly<Record<string, string>>): string {
  return Object.entries(parameters)
    .filter(([name]) => name !== 'USERNAME')
    .map(([name, value]) => `${name}: ${value.length > 200 ? `${value.slice(0, 200)}…` : value}`)
    .join(', ');
}
