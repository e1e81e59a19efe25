/** What a file is, told by its content alone: what its sender calls it proves nothing. Pure: no I/O here. */

export const fileTypes = {
  pdf: { text: 'PDF', media: 'application/pdf', ending: '.pdf' },
  jpeg: { text: 'JPEG picture', media: 'image/jpeg', ending: '.jpg' },
  png: { text: 'PNG picture', media: 'image/png', ending: '.png' },
  docx: {
    text: 'Word document',
    media: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    ending: '.docx',
  },
  odt: { text: 'OpenDocument text', media: 'application/vnd.oasis.opendocument.text', ending: '.odt' },
  text: { text: 'Plain text', media: 'text/plain; charset=utf-8', ending: '.txt' },
} as const;
export type FileType = keyof typeof fileTypes;

/** The type of a file that is taken, or null: for every other type, for macros, and for what cannot be told. */
export function fileTypeOf(content: Uint8Array): FileType | null {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  if (bytes.subarray(0, 5).toString('latin1') === '%PDF-') return 'pdf';
  if (bytes.subarray(0, 3).equals(Buffer.of(0xff, 0xd8, 0xff))) return 'jpeg';
  if (bytes.subarray(0, 8).equals(Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a))) return 'png';
  if (bytes.subarray(0, 4).equals(LOCAL_HEADER)) return documentIn(bytes);
  return isPlainText(bytes) ? 'text' : null;
}

const LOCAL_HEADER = Buffer.from('PK\x03\x04', 'latin1');
const DIRECTORY_ENTRY = Buffer.from('PK\x01\x02', 'latin1');
const DIRECTORY_END = Buffer.from('PK\x05\x06', 'latin1');
const DIRECTORY_END_BYTES = 22;
const MOST_COMMENT_BYTES = 65_535;
const ODT_MEDIA = fileTypes.odt.media;

/** Which document a ZIP archive is, by the names in its directory and, of OpenDocument, its uncompressed first entry. */
function documentIn(archive: Buffer): 'docx' | 'odt' | null {
  const names = namesIn(archive);
  if (names === null || names.some(isMacro)) return null;
  if (names.includes('[Content_Types].xml') && names.includes('word/document.xml')) return 'docx';
  const firstName = archive.subarray(30, 38).toString('latin1');
  const isOdt =
    firstName === 'mimetype' &&
    archive.readUInt16LE(8) === 0 &&
    archive.readUInt32LE(18) === ODT_MEDIA.length &&
    archive
      .subarray(38 + archive.readUInt16LE(28))
      .subarray(0, ODT_MEDIA.length)
      .toString('latin1') === ODT_MEDIA;
  return isOdt && names.includes('content.xml') ? 'odt' : null;
}

/** Word keeps macros in a `vbaProject`, OpenDocument in `Basic/` and `Scripts/`. */
const isMacro = (name: string): boolean => /vbaProject|vbaData|activeX|^(Basic|Scripts)\//i.test(name);

/** The names of an archive's entries; null where the archive is broken, encrypted, or more than it seems. */
function namesIn(archive: Buffer): string[] | null {
  const from = Math.max(0, archive.length - DIRECTORY_END_BYTES - MOST_COMMENT_BYTES);
  const end = archive.lastIndexOf(DIRECTORY_END);
  if (end < from || archive.length < end + DIRECTORY_END_BYTES) return null;
  const names: string[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    if (at + 46 > end || !archive.subarray(at, at + 4).equals(DIRECTORY_ENTRY)) return null;
    const isEncrypted = (archive.readUInt16LE(at + 8) & 1) === 1;
    if (isEncrypted) return null;
    const nameEnd = at + 46 + archive.readUInt16LE(at + 28);
    names.push(archive.subarray(at + 46, nameEnd).toString('utf8'));
    at = nameEnd + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  // Entries that the directory does not name could be read by a program that reads from the beginning.
  return at === end ? names : null;
}

/** UTF-8 without any control character but tabs and line breaks. */
function isPlainText(bytes: Buffer): boolean {
  if (bytes.length === 0) return false;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is these that text does not have
    return !/[\x00-\x08\x0b\x0e-\x1f\x7f]/.test(text);
  } catch {
    return false;
  }
}

const LONGEST_NAME = 120;

/** What a file is called: the last part of a path, in one line, with the ending of what it is. */
export function fileName(given: string, type: FileType): string {
  const { ending } = fileTypes[type];
  const last = given.split(/[\\/]/).at(-1) ?? '';
  const stem = last
    .replace(/\p{C}/gu, '')
    .replace(/\.[A-Za-z0-9]{1,5}$/, '')
    .trim()
    .slice(0, LONGEST_NAME);
  return `${stem === '' ? 'file' : stem}${ending}`;
}

/** A size as people read it. @param bytes a whole number of them. */
export function sizeInWords(bytes: number): string {
  return bytes < 1_000_000
    ? `${Math.max(1, Math.round(bytes / 1000))} KB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
