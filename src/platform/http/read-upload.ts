import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Multipart } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import type { Body } from '../forms/read-form.ts';

/** The most that one file may weigh on a page that takes one, in bytes. */
export const MOST_FILE_BYTES = 10 * 1024 * 1024;

/** What files a page's form may bring. */
export interface UploadLimits {
  files: number;
  /** What they may weigh together, in bytes: while the form is read, all of it is in memory. */
  bytes: number;
}

/** A file as a browser sent it: nothing about it is true yet. */
export interface UploadedFile {
  /** What the browser calls it. */
  name: string;
  content: Buffer;
  /** It weighs more than may be, or with those before it: what is in `content` is its beginning. */
  isTooLarge: boolean;
}

export interface Upload {
  /** With `_file`, a digest of the files, so that two different ones are two different forms. */
  body: Body;
  files: UploadedFile[];
}

/** What @fastify/multipart allows one form: its hidden fields, and its files. */
export const uploadLimits = ({ files, bytes }: UploadLimits) =>
  ({
    // One byte more than may be shows that there are more.
    fileSize: bytes + 1,
    files,
    fields: 20,
    fieldSize: 4096,
    fieldNameSize: 100,
    parts: 20 + files,
    headerPairs: 20,
  }) as const;

/** A form with files that did not arrive as a browser sends it: cut short, or with more files than its page takes. */
export class TornUpload extends Error {}

/**
 * Reads a form with files. The fields come first, as the browser has them on the page, so that a form that is not ours
 * is known before its files are taken in. What is too large is read to its end and not kept: a browser that is not read hears
 * no answer.
 *
 * @param isOurs of the fields read so far.
 * @returns null for a form that is not ours.
 * @throws TornUpload
 */
export async function readUpload(
  request: FastifyRequest,
  limits: UploadLimits,
  isOurs: (body: Body) => boolean,
): Promise<Upload | null> {
  const body: Record<string, string> = Object.create(null);
  const files: UploadedFile[] = [];
  const digest = createHash('sha256');
  let room = limits.bytes;
  for await (const part of partsOf(request, limits)) {
    if (part.type === 'field') {
      if (typeof part.value === 'string' && !part.valueTruncated) body[part.fieldname] ??= part.value;
    } else if (isOurs(body)) {
      const { content, isTooLarge } = await contentOf(part.file, room);
      room -= content.length;
      const name = part.filename ?? '';
      // A box that nothing was chosen in sends a file without a name.
      if (name !== '' || content.length > 0) files.push({ name, content, isTooLarge });
      digest.update(JSON.stringify([name, content.length])).update(content);
    } else {
      part.file.destroy();
      return null;
    }
  }
  if (files.length > 0) body._file = digest.digest('hex');
  return { body, files };
}

/** The parts of a form, each as it arrives. Whatever is wrong with one is wrong with what was sent, and not with us. */
async function* partsOf(request: FastifyRequest, limits: UploadLimits): AsyncGenerator<Multipart> {
  try {
    yield* request.parts({ limits: uploadLimits(limits) });
  } catch (error) {
    throw new TornUpload('The form did not arrive whole', { cause: error });
  }
}

async function contentOf(
  file: Readable,
  room: number,
): Promise<Pick<UploadedFile, 'content' | 'isTooLarge'>> {
  const pieces: Buffer[] = [];
  let length = 0;
  try {
    for await (const piece of file as AsyncIterable<Buffer>) {
      length += piece.length;
      if (length <= room) pieces.push(piece);
    }
  } catch (error) {
    throw new TornUpload('A file did not arrive whole', { cause: error });
  }
  return { content: Buffer.concat(pieces), isTooLarge: length > room };
}
