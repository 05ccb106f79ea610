import { markup, type Markup } from './markup';
import { PageRefusal } from './refusals';
import type { PendingStep } from './pending';
import { CODE_FIELD, field } from './visit';

type Waiting = Extract<PendingStep, { kind: 'challenge' }>;

/** The page of one kind of challenge, and the answer out of its form. */
export interface ChallengeForm {
  readonly title: string;
  readonly button: string;
  readonly fields: Markup;
  readonly responses: (form: URLSearchParams) => Readonly<Record<string, string>>;
}

type Member = (name: string) => string;

const FORMS: Readonly<Record<string, (step: Waiting, parameter: Member) => ChallengeForm>> = {
  NEW_PASSWORD_REQUIRED: (_, parameter) => newPasswordForm(parameter),
  SOFTWARE_TOKEN_MFA: (step, parameter) =>
    codeForm(step, `Enter the code of your authenticator${inBrackets(parameter('FRIENDLY_DEVICE_NAME'))}.`),
  SMS_MFA: (step, parameter) => codeForm(step, sentTo(parameter)),
  EMAIL_MFA: (step, parameter) => codeForm(step, sentTo(parameter)),
  EMAIL_OTP: (step, parameter) => codeForm(step, sentTo(parameter)),
  SELECT_MFA_TYPE: (_, parameter) => selectionForm(namesIn(parameter('MFAS_CAN_CHOOSE'))),
  MFA_SETUP: (step) => setupForm(step),
};

const METHODS: Readonly<Record<string, string>> = {
  SOFTWARE_TOKEN_MFA: 'Authenticator app',
  SMS_MFA: 'Text message',
  EMAIL_MFA: 'Email message',
  EMAIL_OTP: 'Email message',
};

/** Throws PageRefusal for a challenge that the hosted UI has no page for. */
export function challengeForm(step: Waiting): ChallengeForm {
  const { name, parameters } = step.challenge;
  const make = Object.hasOwn(FORMS, name) ? FORMS[name] : undefined;
  if (make === undefined) throw new PageRefusal('unsupported_challenge');
  return make(step, (member) => parameters[member] ?? '');
}

function codeForm({ challenge }: Waiting, text: string): ChallengeForm {
  return {
    title: 'Enter your code',
    button: 'Sign in',
    fields: markup`<p>${text}</p>${field(CODE_FIELD)}`,
    responses: (form) => ({ [`${challenge.name}_CODE`]: (form.get('code') ?? '').trim() }),
  };
}

function sentTo(parameter: Member): string {
  return `A code was sent to ${parameter('CODE_DELIVERY_DESTINATION')}.`;
}

function inBrackets(text: string): string {
  return text === '' ? '' : ` (${text})`;
}

function newPasswordForm(parameter: Member): ChallengeForm {
  const missing = namesIn(parameter('requiredAttributes'));
  const attributes = missing.map((name) => field({ name, label: attributeLabel(name) }));
  return {
    title: 'Change your password',
    button: 'Send',
    fields: markup`<p>Please enter your new password below.</p>
${field({ name: 'password', label: 'New password', type: 'password', autocomplete: 'new-password' })}${attributes}`,
    responses: (form) => ({
      NEW_PASSWORD: form.get('password') ?? '',
      ...Object.fromEntries(missing.map((name) => [name, form.get(name) ?? ''])),
    }),
  };
}

function selectionForm(methods: readonly string[]): ChallengeForm {
  const choices = methods.map(
    (name, index) => markup`<label class="choice">
<input type="radio" name="method" value="${name}"${index === 0 && markup` checked`}>${METHODS[name] ?? name}</label>`,
  );
  return {
    title: 'Choose how to verify',
    button: 'Continue',
    fields: markup`<fieldset><legend>Send or show the code by</legend>${choices}</fieldset>`,
    responses: (form) => ({ ANSWER: form.get('method') ?? '' }),
  };
}

function setupForm({ totp, typed }: Waiting): ChallengeForm {
  if (totp === undefined) throw new PageRefusal('unsupported_challenge');
  const secret = markup`<code id="secret">${totp.secret}</code>`;
  return {
    title: 'Set up an authenticator',
    button: 'Sign in',
    fields: markup`<p>Add an account for ${typed} to your authenticator app with this key, then enter the code that it shows.</p>
<p>${secret}</p>
${field(CODE_FIELD)}${field({ name: 'friendlyName', label: 'Name of the device (optional)', optional: true })}`,
    responses: () => ({}),
  };
}

/** The names in a JSON list; none where there is no list. */
function namesIn(json: string): readonly string[] {
  const list: unknown = json === '' ? [] : JSON.parse(json);
  return Array.isArray(list) ? list.map(String) : [];
}

/** `userAttributes.given_name`, `given_name` and `custom:team` as words. */
export function attributeLabel(name: string): string {
  const words = name.replace(/^userAttributes\.|^custom:/, '').replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
