import assert from 'node:assert/strict';
import { plain } from '../../../src/host/plain';

/** As `parseLinkedText` of VS Code finds links, and `renderLabelWithIcons` icons. */
const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/;
const icon = /\$\([a-z0-9-]+(?:~[a-z]+)?\)/i;

describe('plain', () => {
  it('leaves no link and no icon', () => {
    for (const text of [
      '[Sign in](command:x.y)',
      '[[a](https://evil.example "t")](file:///etc)',
      '$(check) ok',
    ]) {
      assert.ok(link.test(text) || icon.test(text), text);
      assert.doesNotMatch(plain(text), link);
      assert.doesNotMatch(plain(text), icon);
    }
  });

  it('leaves other texts as they are', () => {
    for (const text of ['Notes (local)', 'a [b] c', 'US$ 5', 'private/${identityId}/'])
      assert.equal(plain(text), text);
  });
});
