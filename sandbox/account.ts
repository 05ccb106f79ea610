/** The one account and region that the sandbox plays. */
export const ACCOUNT_ID = '123456789012';
export const REGION = 'us-east-1';
