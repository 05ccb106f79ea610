import { createHash } from 'node:crypto';

import { checksumOf, type Checksum } from './checksums';
import { KeyIndex } from './key-index';

export interface ObjectFields {
  readonly body: Buffer;
  /** Milliseconds since the epoch; S3 keeps whole seconds. */
  readonly lastModified: number;
  readonly storageClass: string;
  /** `content-type`, `cache-control`, …: given back as they came, lower-case names. */
  readonly systemHeaders: Readonly<Record<string, string>>;
  /** Names without `x-amz-meta-`. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly checksum: Checksum | undefined;
}

export class StoredObject {
  readonly body: Buffer;
  readonly lastModified: number;
  readonly storageClass: string;
  readonly systemHeaders: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, string>>;
  /** As the uploader gave it. */
  readonly givenChecksum: Checksum | undefined;
  #etag: string | undefined;
  #checksum: Checksum | undefined;

  constructor(fields: ObjectFields) {
    this.body = fields.body;
    this.lastModified = Math.floor(fields.lastModified / 1000) * 1000;
    this.storageClass = fields.storageClass;
    this.systemHeaders = fields.systemHeaders;
    this.metadata = fields.metadata;
    this.givenChecksum = fields.checksum;
  }

  /** With its quotation marks. Worked out late, so that a bucket of a million keys fills fast. */
  get etag(): string {
    return (this.#etag ??= `"${createHash('md5').update(this.body).digest('hex')}"`);
  }

  /** The uploader's, else the one that S3 adds by itself. */
  get checksum(): Checksum {
    return (this.#checksum ??= this.givenChecksum ?? {
      algorithm: 'crc64nvme',
      value: checksumOf('crc64nvme', this.body).toString('base64'),
    });
  }
}

export class Bucket {
  readonly index = new KeyIndex();
  readonly #objects = new Map<string, StoredObject>();

  constructor(
    readonly name: string,
    readonly region: string,
    /** Milliseconds since the epoch. */
    readonly createdAt: number,
  ) {}

  get(key: string): StoredObject | undefined {
    return this.#objects.get(key);
  }

  put(key: string, object: StoredObject): void {
    if (!this.#objects.has(key)) this.index.add(key);
    this.#objects.set(key, object);
  }

  delete(key: string): void {
    if (this.#objects.delete(key)) this.index.remove(key);
  }
}

export type Buckets = Map<string, Bucket>;
