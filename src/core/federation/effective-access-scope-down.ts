import { parsePolicy, type Policy } from '../policy';

// The developer guide ("Identity pools, IAM roles") lists services, some of them with the actions that pass.
const INLINE = [
  ...services(
    'firehose kinesisanalytics sqs mobileanalytics ses lambda dynamodb sdb appsync geo sns gamelift iot',
  ),
  ...services(
    'codewhisperer comprehend lex machinelearning personalize polly rekognition transcribe translate',
  ),
  ...services('cloudwatch logs execute-api cognito-identity cognito-idp cognito-sync s3'),
  ...[
    'sumerian:View*',
    'sagemaker:InvokeEndpoint',
    'textract:DetectDocumentText',
    'textract:AnalyzeDocument',
  ],
  ...['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*'],
];

// AWS managed policy AmazonCognitoUnAuthedIdentitiesSessionPolicy, version 3.
const MANAGED = [
  ...['rum:PutRumEvents', 'sagemaker:InvokeEndpoint'],
  ...services('polly comprehend translate transcribe rekognition mobiletargeting firehose personalize geo'),
  ...['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*'],
];

function services(names: string): string[] {
  return names.split(' ').map((name) => `${name}:*`);
}

/** The session policies that the enhanced flow adds to every guest; what neither allows is denied, whatever the role says. */
export function guestScopeDown(): Policy[] {
  return [
    policy('Amazon Cognito scope-down', INLINE),
    policy('AmazonCognitoUnAuthedIdentitiesSessionPolicy', MANAGED),
  ];
}

function policy(name: string, actions: readonly string[]): Policy {
  const Statement = { Effect: 'Allow', Action: actions, Resource: '*' };
  return parsePolicy(name, JSON.stringify({ Version: '2012-10-17', Statement }), 'identity');
}
