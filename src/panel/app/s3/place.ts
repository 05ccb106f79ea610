import { formatS3Address, parentPrefix, parseS3Address } from '../../../core/s3/address';

/** What the browser shows: a folder, and the beginning of the names in it. */
export interface Place {
  readonly bucket: string;
  /** Empty for the top of the bucket, else ending in `/`. */
  readonly prefix: string;
  readonly filter: string;
}

/**
 * The place that an address stands for. What follows the last slash is no folder: it filters the folder's names, so
 * that the address of an object shows that object. Throws WorkbenchError `s3.address-invalid`.
 */
export function placeOf(address: string): Place {
  const { bucket, prefix } = parseS3Address(address);
  const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  return { bucket, prefix: folder, filter: prefix.slice(folder.length) };
}

/** The folder's address, without the filter. */
export function addressOf(place: Place): string {
  return formatS3Address(place.bucket, place.prefix);
}

/** The folder above; undefined at the top of the bucket. */
export function above(place: Place): Place | undefined {
  return place.prefix === ''
    ? undefined
    : { bucket: place.bucket, prefix: parentPrefix(place.prefix), filter: '' };
}

export function samePlace(a: Place | undefined, b: Place | undefined): boolean {
  return a?.bucket === b?.bucket && a?.prefix === b?.prefix && a?.filter === b?.filter;
}
