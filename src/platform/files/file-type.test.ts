import { expect, test } from 'vitest';
import { fileName, fileTypeOf, sizeInWords } from './file-type.ts';

/** A ZIP archive whose entries are stored as they are. */
function archive(entries: Readonly<Record<string, string>>, { flags = 0 } = {}): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, content] of Object.entries(entries)) {
    const local = Buffer.alloc(30);
    local.write('PK\x03\x04', 'latin1');
    local.writeUInt32LE(content.length, 18);
    local.writeUInt32LE(content.length, 22);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.write('PK\x01\x02', 'latin1');
    entry.writeUInt16LE(flags, 8);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(at, 42);
    const whole = Buffer.concat([local, Buffer.from(name), Buffer.from(content)]);
    locals.push(whole);
    directory.push(Buffer.concat([entry, Buffer.from(name)]));
    at += whole.length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, ...directory, end]);
}
const word = { '[Content_Types].xml': '<Types/>', 'word/document.xml': '<w:document/>' };
const odt = { mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': '<office/>' };

test.each([
  ['pdf', Buffer.from('%PDF-1.7\n%\xe2\xe3', 'latin1')],
  ['jpeg', Buffer.of(0xff, 0xd8, 0xff, 0xe0, 0)],
  ['png', Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0)],
  ['docx', archive(word)],
  ['odt', archive(odt)],
  ['text', Buffer.from('Zoë was seen at the station.\r\n\tTwice.')],
] as const)('%s is known by its content', (type, content) => {
  expect(fileTypeOf(content)).toBe(type);
});

test.each([
  ['nothing', Buffer.of()],
  ['a program', Buffer.of(0x4d, 0x5a, 0x90, 0)],
  ['text with a null byte', Buffer.from('a\0b')],
  ['text that is no UTF-8', Buffer.of(0x61, 0xff, 0x62)],
  ['a GIF', Buffer.from('GIF89a\x01\x00', 'latin1')],
  ['an archive of something else', archive({ 'a.txt': 'a' })],
  ['a spreadsheet', archive({ '[Content_Types].xml': '', 'xl/workbook.xml': '' })],
  ['a Word document with macros', archive({ ...word, 'word/vbaProject.bin': 'x' })],
  ['an OpenDocument with macros', archive({ ...odt, 'Basic/Standard/Module1.xml': 'x' })],
  [
    'an OpenDocument spreadsheet',
    archive({ ...odt, mimetype: 'application/vnd.oasis.opendocument.spreadsheet' }),
  ],
  ['an encrypted archive', archive(word, { flags: 1 })],
  ['half an archive', archive(word).subarray(0, 80)],
  ['an archive with another directory behind its own', Buffer.concat([archive(word), archive({})])],
])('%s is refused', (_what, content) => {
  expect(fileTypeOf(content)).toBeNull();
});

test('a file is called by the last part of its path, with the ending of what it is', () => {
  expect(fileName('C:\\Users\\me\\Letter to school.doc', 'docx')).toBe('Letter to school.docx');
  expect(fileName('../../etc/passwd', 'text')).toBe('passwd.txt');
  expect(fileName('invoice.pdf.exe', 'pdf')).toBe('invoice.pdf.pdf');
  expect(fileName('a\u202egpj\n.exe', 'pdf')).toBe('agpj.pdf');
  expect(fileName('', 'png')).toBe('file.png');
  expect(fileName('x'.repeat(500), 'pdf')).toHaveLength(124);
});

test('a size is told in KB and MB', () => {
  expect([1, 1499, 999_499, 10_485_760].map(sizeInWords)).toEqual(['1 KB', '1 KB', '999 KB', '10.5 MB']);
});
