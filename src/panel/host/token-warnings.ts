import * as vscode from 'vscode';
import type { DecodedToken } from '../../core/tokens/decode';

/** Members of the header that tell a careless verifier where to get the key (RFC 7515, 4.1.2 to 4.1.6). */
const keyMembers = ['jku', 'jwk', 'x5u', 'x5c'] as const;

/** What is dangerous or doubtful about a token beside its checks, a sentence each. */
export function warningsOf(decoded: DecodedToken): string[] {
  const { header, duplicates } = decoded;
  const found: string[] = [];
  const carried = keyMembers.filter((name) => Object.hasOwn(header, name));
  if (carried.length > 0) {
    found.push(
      vscode.l10n.t(
        'The header brings its own key or its address ({0}). It is not used here: whoever forges a token can name any key.',
        carried.join(', '),
      ),
    );
  }
  if (duplicates.length > 0) {
    found.push(
      vscode.l10n.t(
        'Names that stand in it more than once: {0}. The last value counts (RFC 7519, section 4); other readers may take another, or refuse the token.',
        duplicates.slice(0, 10).map(shortened).join(', '),
      ),
    );
  }
  return found;
}

const shortened = (name: string): string => (name.length > 100 ? `${name.slice(0, 100)}…` : name);
