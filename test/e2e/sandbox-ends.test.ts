import assert from 'node:assert/strict';
import { InspectorDriver } from '../support/vscode-inspector';
import { endStartedSandbox, signInToSandbox } from '../support/vscode-sandbox';
import { journey } from './support/journey';

journey('a sandbox that ends', {}, (window) => {
  const inspector = () => new InspectorDriver(window());

  after(() => endStartedSandbox(window()));

  /** The tree's sentence on an identity, once it says this. */
  const said = async (name: string, reason: string) => {
    await window()
      .tree()
      .tree.getByRole('treeitem', { name: `${name} is signed out. ${reason}` })
      .waitFor();
  };

  it('shows its sessions as signed out, with the reason', async () => {
    const { quickInput } = window();
    await window().openContainer();
    await window().runCommand('Start Sandbox');
    await quickInput.pick('admin');
    await inspector().of('admin');
    await signInToSandbox(window());
    await quickInput.pick('reader');
    await window()
      .tree()
      .waitFor(/reader.*active/);
    await window().runCommand('Stop Sandbox');
    await said('reader', 'The sandbox that issued this session has ended.');
    await said('admin', 'The sandbox that issued this session has ended.');
    await window().statusBarItem('reader · signed out').waitFor();
    const { frame } = inspector();
    await frame.getByRole('heading', { name: 'admin is signed out' }).filter({ visible: true }).waitFor();
    await frame
      .getByText('The sandbox that issued this session has ended.')
      .filter({ visible: true })
      .waitFor();
  });

  it('says that the next one was started anew, and takes a new sign-in', async () => {
    const { quickInput } = window();
    await window().runCommand('Start Sandbox');
    await quickInput.waitFor('Gets the role Admins');
    const reason = 'The sandbox was started anew: sessions of the one before are void.';
    await said('reader', reason);
    await said('admin', reason);
    await quickInput.dismiss();
    await inspector().frame.getByText(reason).filter({ visible: true }).waitFor();
    await inspector().frame.getByRole('button', { name: 'Sign In…' }).filter({ visible: true }).click();
    await quickInput.pick('admin');
    await inspector().card('ID token').waitFor();
    await window()
      .tree()
      .waitFor(/admin.*active/);
    await said('reader', reason);
  });

  it('notices one that ends by itself', async () => {
    await endStartedSandbox(window());
    await said('admin', 'The sandbox that issued this session has ended.');
    await window().statusBarItem('admin · signed out').waitFor();
    assert.deepEqual(await window().notifications.texts(), []);
  });
});
