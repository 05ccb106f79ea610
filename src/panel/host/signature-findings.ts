import type { SignatureFinding } from '../../core/ports';
import { bareToken } from '../../core/tokens/decode';
import type { InspectorDeps } from './deps';

interface Kept {
  /** SHA-256 of the token: a page that is seen for days holds no token longer than its session does. */
  readonly digest: string;
  readonly url: string;
  readonly finding: SignatureFinding;
}

/**
 * What came of checking signatures with the keys of pools, kept as long as the same token stands in its place: a page that
 * is seen judges its tokens again each minute, and asks nobody anew for a key that the pool does not have.
 */
export class SignatureFindings {
  private kept = new Map<string, Kept>();

  constructor(private readonly deps: Pick<InspectorDeps, 'verifier'>) {}

  /** Throws what the verifier throws, and tries again the next time. */
  async of(place: string, text: string, url: string, signal: AbortSignal): Promise<SignatureFinding> {
    const { kept } = this;
    const digest = await digestOf(text);
    const known = kept.get(place);
    if (known?.digest === digest && known.url === url) return known.finding;
    const verifier = await this.deps.verifier();
    const finding = await verifier.verify(bareToken(text), url, signal);
    kept.set(place, { digest, url, finding });
    return finding;
  }

  /** The connections have changed, or there is another token or none; what is asked for just now is not kept either. */
  clear(): void {
    this.kept = new Map();
  }
}

async function digestOf(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Buffer.from(bytes).toString('base64');
}
