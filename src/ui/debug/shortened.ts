import { redactSecrets } from '../../core/redact';

/** An expression or a name of a program in a title: it may be, or hold, anything, also the beginning of a secret. */
export const shortened = (name: string): string => {
  const clean = redactSecrets(name);
  return clean.length > 60 ? `${clean.slice(0, 59)}…` : clean;
};
