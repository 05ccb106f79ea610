import { expandLocation, type LocationValues } from '../connection/derive';
import type { Connection } from '../connection/model';
import { formatS3Address, parseS3Address } from './address';

/**
 * Addresses (`s3://…`) worth trying for an identity, without asking S3: the configured locations first, as far as their
 * placeholders can be filled; then, in each configured bucket, the folders of Amplify's layout (`public/`,
 * `protected/<identity ID>/`, `private/<identity ID>/`), at the top and below any folder that a configured location
 * shows this layout in. Each once.
 */
export function likelyLocations(connection: Connection, values: LocationValues): string[] {
  const templates = connection.s3?.locations ?? [];
  const configured = templates.flatMap((template) => {
    const expanded = expandLocation(template, values);
    return expanded.ok ? [expanded.address] : [];
  });
  const guessed = templates.flatMap(rootsOf).flatMap((root) => layoutBelow(root, values.identityId));
  return [...new Set([...configured, ...guessed])];
}

interface Root {
  readonly bucket: string;
  readonly prefix: string;
}

/** The bucket's top, and the folder above the first `public`, `protected` or `private` of the location. */
function rootsOf(template: string): Root[] {
  try {
    const { bucket, prefix } = parseS3Address(template);
    const layout = /(?:^|\/)(?:public|protected|private)(?:\/|$)/.exec(prefix);
    const above = layout === null ? '' : prefix.slice(0, layout.index + (layout[0].startsWith('/') ? 1 : 0));
    const isFixed = above !== '' && !above.includes('${');
    return [...(isFixed ? [{ bucket, prefix: above }] : []), { bucket, prefix: '' }];
  } catch {
    return [];
  }
}

function layoutBelow({ bucket, prefix }: Root, identityId: string | undefined): string[] {
  const own =
    identityId === undefined || identityId === ''
      ? []
      : [`protected/${identityId}/`, `private/${identityId}/`];
  return ['public/', ...own].map((folder) => formatS3Address(bucket, prefix + folder));
}
