import { CognitoInspector } from './inspector';
import { connectPage } from './vscode-api';

const inspector = document.querySelector('cognito-inspector');
if (inspector instanceof CognitoInspector) inspector.connect(connectPage());
