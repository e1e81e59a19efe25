import { inflateSync } from 'node:zlib';

/** What tests ask of a PDF that Chromium wrote: version 1.4, whose objects stand in the file one after another. */
export interface ReadPdf {
  readonly title: string | undefined;
  readonly language: string | undefined;
  /** Says of itself that it is tagged, and that viewers should show its title. */
  readonly tagged: boolean;
  readonly showsTitle: boolean;
  /** Bookmarks in their order, indented by how deep they lie. */
  readonly outline: readonly string[];
  /** What the tags say each part is, in reading order; a figure with its alternative text, a heading cell with its scope. */
  readonly tags: readonly string[];
  /** What is printed on each page, in the order in which it is drawn: nothing parts one place from the next. */
  readonly pages: readonly string[];
}

interface PdfObject {
  readonly entries: string;
  readonly stream: string;
}

/** Reads a PDF back, apart from the product's own code. */
export function readPdf(bytes: Uint8Array): ReadPdf {
  const objects = objectsIn(Buffer.from(bytes).toString('latin1'));
  const at = (entries: string, key: string): PdfObject | undefined => {
    const reference = new RegExp(`/${key} (\\d+) 0 R`).exec(entries)?.[1];
    return reference === undefined ? undefined : objects.get(Number(reference));
  };
  const ofType = (type: string) =>
    [...objects.values()].filter(({ entries }) => new RegExp(`/Type /${type}\\b(?!/)`).test(entries));
  const [catalog] = ofType('Catalog');
  if (!catalog) throw new Error('No catalogue in the PDF');
  const info = [...objects.values()].find(({ entries }) => entries.includes('/Producer'));

  const outline: string[] = [];
  const follow = (item: PdfObject | undefined, depth: number): void => {
    for (let next = item; next; next = at(next.entries, 'Next')) {
      outline.push('  '.repeat(depth) + (textIn(next.entries, 'Title') ?? ''));
      follow(at(next.entries, 'First'), depth + 1);
    }
  };
  const outlines = at(catalog.entries, 'Outlines');
  follow(outlines && at(outlines.entries, 'First'), 0);

  const tags: string[] = [];
  const walk = (element: PdfObject | undefined): void => {
    if (!element) return;
    const kind = /\/S \/(\w+)/.exec(element.entries)?.[1];
    const said = textIn(element.entries, 'Alt') ?? /\/Scope \/(\w+)/.exec(element.entries)?.[1];
    if (kind && kind !== 'NonStruct') tags.push(said ? `${kind}: ${said}` : kind);
    const kids = /\/K (\[[^\]]*\]|\d+ 0 R)/.exec(element.entries)?.[1] ?? '';
    for (const [, kid] of kids.matchAll(/(\d+) 0 R/g)) walk(objects.get(Number(kid)));
  };
  walk(at(catalog.entries, 'StructTreeRoot'));

  return {
    title: info && textIn(info.entries, 'Title'),
    language: textIn(catalog.entries, 'Lang'),
    tagged: /\/Marked true/.test(catalog.entries),
    showsTitle: /\/DisplayDocTitle true/.test(catalog.entries),
    outline,
    tags,
    pages: ofType('Page').map(({ entries }) => {
      const fonts = new Map(
        Array.from(entries.matchAll(/\/(F\d+) (\d+) 0 R/g), ([, name, font]) => {
          const map = at(objects.get(Number(font))?.entries ?? '', 'ToUnicode');
          return [name, glyphs(map?.stream ?? '')];
        }),
      );
      return printed(at(entries, 'Contents')?.stream ?? '', fonts);
    }),
  };
}

function objectsIn(file: string): Map<number, PdfObject> {
  const found = new Map<number, PdfObject>();
  for (const [, id, body] of file.matchAll(/(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj/gs)) {
    const [entries = '', ...rest] = (body ?? '').split(/ ?stream\r?\n/);
    const content = rest.join('stream\n').replace(/\r?\nendstream$/, '');
    found.set(Number(id), { entries, stream: content && inflated(content) });
  }
  return found;
}

function inflated(content: string): string {
  try {
    return inflateSync(Buffer.from(content, 'latin1')).toString('latin1');
  } catch {
    return content;
  }
}

/** A text of the PDF's own: plain in parentheses, or UTF-16 in hexadecimal. */
function textIn(entries: string, key: string): string | undefined {
  const [, plain, hex] = new RegExp(`/${key} (?:\\(((?:\\\\.|[^)])*)\\)|<([0-9A-F]+)>)`).exec(entries) ?? [];
  if (hex === undefined) return plain?.replace(/\\(.)/g, '$1');
  return Buffer.from(hex, 'hex').swap16().toString('utf16le').replace('\uFEFF', '');
}

/** The letters that a font's glyphs stand for, by the glyph's number in hexadecimal, which has two digits or four. */
function glyphs(map: string): Map<string, string> {
  const letters = new Map<string, string>();
  const letter = (hex: string, add = 0) => String.fromCodePoint(Number.parseInt(hex, 16) + add);
  for (const [, lines] of map.matchAll(/beginbfchar(.*?)endbfchar/gs)) {
    for (const [, glyph = '', hex = ''] of lines?.matchAll(/<(\w+)> <(\w{4})/g) ?? [])
      letters.set(glyph, letter(hex));
  }
  for (const [, lines] of map.matchAll(/beginbfrange(.*?)endbfrange/gs)) {
    for (const [, from = '', to = '', hex = ''] of lines?.matchAll(/<(\w+)> <(\w+)> <(\w{4})>/g) ?? []) {
      const first = Number.parseInt(from, 16);
      for (let add = 0; first + add <= Number.parseInt(to, 16); add += 1) {
        const glyph = (first + add).toString(16).toUpperCase().padStart(from.length, '0');
        letters.set(glyph, letter(hex, add));
      }
    }
  }
  return letters;
}

function printed(content: string, fonts: ReadonlyMap<string | undefined, Map<string, string>>): string {
  let letters = new Map<string, string>();
  let words = '';
  for (const [, chosen, shown] of content.matchAll(/\/(F\d+) [\d.]+ Tf|(<[0-9A-F]+>|\[[^\]]*\]) TJ?j?/g)) {
    if (chosen) letters = fonts.get(chosen) ?? new Map();
    const [digits = 4] = Array.from(letters.keys(), (glyph) => glyph.length);
    for (const [, hex] of (shown ?? '').matchAll(/<([0-9A-F]+)>/g)) {
      for (const [glyph] of hex?.matchAll(new RegExp(`.{${digits}}`, 'g')) ?? []) {
        words += letters.get(glyph) ?? '�';
      }
    }
  }
  return words;
}
