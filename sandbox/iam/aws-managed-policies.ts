import type { PolicyDocument } from '../kernel/types';
import { GUEST_MANAGED_POLICY, GUEST_MANAGED_POLICY_NAME } from '../sts/guest-scope-down';
import type { ManagedPolicy } from './managed-policy-store';
import { readPolicy } from './policy-document';

const MADE = new Date('2015-02-06T18:40:00Z');

const allow = (Action: string | readonly string[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
});

/** The few policies of AWS that matter for identity pools and S3; the sandbox knows no others. */
const DOCUMENTS: Readonly<Record<string, PolicyDocument>> = {
  AdministratorAccess: allow('*'),
  AmazonCognitoDeveloperAuthenticatedIdentities: allow([
    'cognito-identity:GetOpenIdTokenForDeveloperIdentity',
    'cognito-identity:LookupDeveloperIdentity',
    'cognito-identity:MergeDeveloperIdentities',
    'cognito-identity:UnlinkDeveloperIdentity',
  ]),
  [GUEST_MANAGED_POLICY_NAME]: GUEST_MANAGED_POLICY,
  AmazonS3FullAccess: allow(['s3:*', 's3-object-lambda:*']),
  AmazonS3ReadOnlyAccess: allow([
    's3:Get*',
    's3:List*',
    's3:Describe*',
    's3-object-lambda:Get*',
    's3-object-lambda:List*',
  ]),
};

export function awsManagedPolicies(): ManagedPolicy[] {
  return Object.entries(DOCUMENTS).map(([name, document], index) => {
    const text = JSON.stringify(document);
    const version = { text, policy: readPolicy(document, 'identity'), createdAt: MADE };
    return {
      name,
      id: `ANPASANDBOX${String(index).padStart(10, 'A')}`,
      arn: `arn:aws:iam::aws:policy/${name}`,
      path: '/',
      description: undefined,
      createdAt: MADE,
      updatedAt: MADE,
      versions: new Map([['v1', version]]),
      defaultVersion: 'v1',
    };
  });
}
