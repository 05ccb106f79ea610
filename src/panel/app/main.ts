import { CognitoInspector } from './inspector';
import { TokenPage } from './token-view/token-page';
import { connectPage } from './vscode-api';

const page = document.querySelector('cognito-inspector, cognito-token');
if (page instanceof CognitoInspector || page instanceof TokenPage) page.connect(connectPage());
