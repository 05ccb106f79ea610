import type { PolicyDocument } from '../kernel/types';

/**
 * What bounds a guest of the enhanced flow whatever the role says: the inline policy that Amazon Cognito sends with
 * the request to STS, and the managed policy AmazonCognitoUnAuthedIdentitiesSessionPolicy. What either allows, the
 * role may give. The lists are those of the developer guide and of the AWS managed policy reference.
 */
const INLINE: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: [
        'appsync:*',
        'cloudwatch:*',
        'codewhisperer:*',
        'cognito-identity:*',
        'cognito-idp:*',
        'cognito-sync:*',
        'comprehend:*',
        'dynamodb:*',
        'execute-api:*',
        'firehose:*',
        'gamelift:*',
        'geo:*',
        'iot:*',
        'kinesisanalytics:*',
        'kms:Decrypt',
        'kms:Encrypt',
        'kms:GenerateDataKey*',
        'kms:ReEncrypt*',
        'lambda:*',
        'lex:*',
        'logs:*',
        'machinelearning:*',
        'mobileanalytics:*',
        'personalize:*',
        'polly:*',
        'rekognition:*',
        's3:*',
        'sagemaker:InvokeEndpoint',
        'sdb:*',
        'ses:*',
        'sns:*',
        'sqs:*',
        'sumerian:View*',
        'textract:AnalyzeDocument',
        'textract:DetectDocumentText',
        'transcribe:*',
        'translate:*',
      ],
      Resource: ['*'],
    },
  ],
};

/** The AWS managed policy that belongs to it; also to be read through IAM. */
export const GUEST_MANAGED_POLICY_NAME = 'AmazonCognitoUnAuthedIdentitiesSessionPolicy';

export const GUEST_MANAGED_POLICY: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'CognitoUnAuthedIdentitiesSessionPolicy',
      Effect: 'Allow',
      Action: [
        'rum:PutRumEvents',
        'sagemaker:InvokeEndpoint',
        'polly:*',
        'comprehend:*',
        'translate:*',
        'transcribe:*',
        'rekognition:*',
        'mobiletargeting:*',
        'firehose:*',
        'personalize:*',
        'geo:*',
        'kms:Decrypt',
        'kms:Encrypt',
        'kms:GenerateDataKey*',
        'kms:ReEncrypt*',
      ],
      Resource: ['*'],
    },
  ],
};

/** The session policies of a guest in the enhanced flow. */
export const GUEST_SESSION_POLICIES: readonly PolicyDocument[] = [INLINE, GUEST_MANAGED_POLICY];
