import type { SignatureFinding } from '../../core/ports';
import { bareToken } from '../../core/tokens/decode';
import type { InspectorDeps } from './deps';

/**
 * What came of checking signatures with the keys of pools, kept as long as the same token stands in its place: a page that
 * is seen judges its tokens again each minute, and asks nobody anew for a key that the pool does not have.
 */
export class SignatureFindings {
  private readonly kept = new Map<string, { text: string; url: string; finding: SignatureFinding }>();

  constructor(private readonly deps: Pick<InspectorDeps, 'verifier'>) {}

  /** Throws what the verifier throws, and tries again the next time. */
  async of(place: string, text: string, url: string, signal: AbortSignal): Promise<SignatureFinding> {
    const known = this.kept.get(place);
    if (known?.text === text && known.url === url) return known.finding;
    const verifier = await this.deps.verifier();
    const finding = await verifier.verify(bareToken(text), url, signal);
    this.kept.set(place, { text, url, finding });
    return finding;
  }

  /** The connections have changed, or there is another token. */
  clear(): void {
    this.kept.clear();
  }
}
