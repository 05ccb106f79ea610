/**
 * What an authenticator's QR code says (the Key URI format, otpauth://totp/…). `secret` in base32, as
 * AssociateSoftwareToken gives it; algorithm, digits and period are the defaults, which are Cognito's too.
 */
export function otpauthUri(account: {
  readonly issuer: string;
  readonly username: string;
  readonly secret: string;
}): string {
  // A colon would end the issuer before its time.
  const issuer = encodeURIComponent(account.issuer.replaceAll(':', ' '));
  const label = `${issuer}:${encodeURIComponent(account.username)}`;
  return `otpauth://totp/${label}?secret=${encodeURIComponent(account.secret)}&issuer=${issuer}`;
}
