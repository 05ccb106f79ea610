import type { Row } from '../row';
import { challengeRows } from './sign-in-challenge';
import { clientRows } from './sign-in-client';
import { limitRows } from './limits';
import { passwordRows } from './sign-in-password';
import { tokenRows } from './sign-in-token';
import { userRows } from './sign-in-user';

/** Part A of the error table. Order matters: the first row that fits speaks. */
export const signInRows: readonly Row[] = [
  ...limitRows,
  ...clientRows,
  ...passwordRows,
  ...userRows,
  ...challengeRows,
  ...tokenRows,
];
