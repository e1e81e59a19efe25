import { createHash } from 'node:crypto';
import type { Multipart } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import type { Body } from '../forms/read-form.ts';

/** The most that one file may weigh, in bytes. */
export const MOST_FILE_BYTES = 10 * 1024 * 1024;

/** A file as a browser sent it: nothing about it is true yet. */
export interface UploadedFile {
  /** What the browser calls it. */
  name: string;
  content: Buffer;
  /** It weighs more than may be; what is in `content` is its beginning. */
  isTooLarge: boolean;
}

export interface Upload {
  /** With `_file`, a digest of the file, so that two different files are two different forms. */
  body: Body;
  file: UploadedFile | null;
}

/** What @fastify/multipart allows one form: its hidden fields, and one file. */
export const uploadLimits = {
  fileSize: MOST_FILE_BYTES,
  files: 1,
  fields: 20,
  fieldSize: 4096,
  fieldNameSize: 100,
  parts: 21,
  headerPairs: 20,
} as const;

/**
 * Reads a form with a file. The fields come first, as the browser has them on the page, so that a form that is not ours
 * is known before its file is taken in.
 * @param isOurs of the fields read so far.
 * @returns null for a form that is not ours.
 */
export async function readUpload(
  request: FastifyRequest,
  isOurs: (body: Body) => boolean,
): Promise<Upload | null> {
  const body: Record<string, string> = Object.create(null);
  let file: UploadedFile | null = null;
  for await (const part of request.parts() as AsyncIterableIterator<Multipart>) {
    if (part.type === 'field') {
      if (typeof part.value === 'string' && !part.valueTruncated) body[part.fieldname] ??= part.value;
    } else if (isOurs(body)) {
      const content = await part.toBuffer();
      const isTooLarge = part.file.truncated;
      if (content.length > 0) file = { name: part.filename ?? '', content, isTooLarge };
    } else {
      part.file.destroy();
      return null;
    }
  }
  if (file !== null) body._file = createHash('sha256').update(file.content).digest('hex');
  return { body, file };
}
