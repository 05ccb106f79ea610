import * as l10n from '@vscode/l10n';

/** Services that a guest reaches in the enhanced flow, as AWS lists them (developer guide, "Identity pools, IAM roles"). */
const SERVICES =
  'S3, DynamoDB, SNS, SQS, Lambda, API Gateway, AppSync, IoT, Kinesis Firehose, CloudWatch, Location, SES, Cognito Sync';

/** What narrows a guest’s session beyond its role, a sentence each. Enhanced flow only. */
export function guestScope(): string[] {
  return [
    l10n.t(
      'In the enhanced flow AWS adds a session policy to every guest: what it does not name is denied, whatever the role allows.',
    ),
    l10n.t('It lets through, among others: {0}.', SERVICES),
    l10n.t('STS, IAM, EC2, Secrets Manager and all that is not on its list cannot be reached as a guest.'),
    l10n.t('The basic flow has no such policy; neither has anybody who is signed in.'),
  ];
}
