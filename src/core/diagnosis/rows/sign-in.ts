import type { Row } from '../row';
import { accountRows } from './account';
import { challengeRows } from './sign-in-challenge';
import { clientRows } from './sign-in-client';
import { codeAndFactorRows } from './sign-in-code';
import { flowRows } from './sign-in-flow';
import { limitRows } from './limits';
import { passwordRows } from './sign-in-password';
import { tokenRows } from './sign-in-token';
import { triggerRows } from './sign-in-trigger';
import { userRows } from './sign-in-user';

/** Part A of the error table, and what Cognito says to account actions. Order matters: the first row that fits speaks. */
export const signInRows: readonly Row[] = [
  ...limitRows,
  ...triggerRows,
  ...clientRows,
  ...accountRows,
  ...flowRows,
  ...passwordRows,
  ...userRows,
  ...challengeRows,
  ...codeAndFactorRows,
  ...tokenRows,
];
