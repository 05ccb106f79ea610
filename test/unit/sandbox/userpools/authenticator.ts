import { Secret, TOTP } from 'otpauth';
import { text, type Scene } from './scene';

/** An authenticator app by a foreign library, on the scene's clock. `steps` moves it, 30 seconds each. */
export function totpCode(secret: string, scene: Scene, steps = 0): string {
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  return totp.generate({ timestamp: scene.clock.now() + steps * 30_000 });
}

/** Sets up an authenticator for a user who can sign in by password alone; answers the secret. */
export async function addAuthenticator(scene: Scene, username: string): Promise<string> {
  const { access } = await scene.tokens(username);
  const secret = text(await scene.call('AssociateSoftwareToken', { AccessToken: access }), 'SecretCode');
  await scene.call('VerifySoftwareToken', { AccessToken: access, UserCode: totpCode(secret, scene) });
  await scene.call('SetUserMFAPreference', {
    AccessToken: access,
    SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true },
  });
  // Its code counts as used now.
  scene.clock.advance(60);
  return secret;
}
