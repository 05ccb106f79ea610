// From the password to AWS credentials: ours beside the same requests sent bare, by both flows.
import { AuthenticationDetails, CognitoUser, CognitoUserPool } from 'amazon-cognito-identity-js';
import { Bare } from './support/bare';
import { race, raceTable, sameRequests, type Contestant } from './support/race';
import { measure } from './support/report';
import { startScene, Window, type Scene } from './support/scene';

const ROUNDS = 15;

measure(async () => {
  const scene = await startScene();
  try {
    const srp = await race([ours(scene, 'srp'), bareSrp(scene), library(scene)], ROUNDS, scene.control);
    const password = await race([ours(scene, 'password'), barePassword(scene)], ROUNDS, scene.control);
    sameRequests(srp);
    sameRequests(password);
    const notes = [
      `Median (range) of ${ROUNDS} rounds, in turns, after one that is not counted; requests as the sandbox counts them.`,
      'Each of ours is a new window with an empty store: it signs in, takes the file lock, asks for an identity ID and for',
      'credentials, and saves the session twice. Bare is fetch, with the SRP maths of cognito-srp-helper, and keeps nothing.',
      '"In requests" is what the SDK calls took, beside what fetch took; the rest is SRP maths, lock and store.',
    ];
    return {
      tables: [
        raceTable('Sign-in to credentials, SRP', srp),
        raceTable('Sign-in to credentials, password flow', password, notes),
      ],
      figures: { srp, password },
    };
  } finally {
    await scene.stop();
  }
});

function ours(scene: Scene, method: 'srp' | 'password'): Contestant {
  let window = new Window(scene);
  return {
    name: 'Cognito Workbench',
    prepare: async () => (window = new Window(scene)),
    run: async () => {
      await window.signIn(method);
      return window.inRequests;
    },
  };
}

function bareSrp(scene: Scene): Contestant {
  return {
    name: 'bare requests, cognito-srp-helper',
    run: async () => {
      const bare = new Bare(scene);
      const { idToken } = await bare.signInBySrp();
      await bare.credentials(await bare.identityId(idToken), idToken);
      return bare.inRequests;
    },
  };
}

function barePassword(scene: Scene): Contestant {
  return {
    name: 'bare requests',
    run: async () => {
      const bare = new Bare(scene);
      const { idToken } = await bare.signInByPassword();
      await bare.credentials(await bare.identityId(idToken), idToken);
      return bare.inRequests;
    },
  };
}

/** The library that web pages use, for the sign-in; the exchange after it is the bare one. */
function library(scene: Scene): Contestant {
  const { username, password, connection, info } = scene;
  return {
    name: 'amazon-cognito-identity-js, then bare',
    run: async () => {
      const items = new Map<string, string>();
      const storage = {
        setItem: (key: string, value: string) => void items.set(key, value),
        getItem: (key: string) => items.get(key) ?? null,
        removeItem: (key: string) => void items.delete(key),
        clear: () => items.clear(),
      };
      const pool = new CognitoUserPool({
        UserPoolId: connection.userPool?.userPoolId ?? '',
        ClientId: connection.userPool?.clientId ?? '',
        endpoint: info.api,
        Storage: storage,
      });
      const user = new CognitoUser({ Username: username, Pool: pool, Storage: storage });
      const idToken = await new Promise<string>((resolve, reject) => {
        user.authenticateUser(new AuthenticationDetails({ Username: username, Password: password }), {
          onSuccess: (session) => resolve(session.getIdToken().getJwtToken()),
          onFailure: reject,
        });
      });
      const bare = new Bare(scene);
      await bare.credentials(await bare.identityId(idToken), idToken);
    },
  };
}
