/** A device that Cognito remembers for a user: what it takes to answer DEVICE_SRP_AUTH in place of a second factor. */
export interface StoredDevice {
  /** The user name as Cognito knows it. */
  readonly username: string;
  readonly deviceKey: string;
  readonly deviceGroupKey: string;
  /** Made by this program, never seen by the person. */
  readonly password: string;
}
