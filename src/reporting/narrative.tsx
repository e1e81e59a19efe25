import type { ComponentChildren } from 'preact';
import { resolvePlaceholder } from './placeholder.ts';
import type { ReportFigures } from './report-figures.ts';

/**
 * What an author writes: a small part of Markdown and placeholders for figures. Headings (`##`, `###`), paragraphs, lists,
 * quotations (`>`), **strong**, *emphasised*, [links](https://…). Everything else is text, HTML above all (decision 24).
 */
type Block =
  | { readonly kind: 'heading'; readonly level: 2 | 3; readonly text: string }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly string[] }
  | { readonly kind: 'quotation'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string };

const BULLET = /^[-*] +/;
const NUMBER = /^\d{1,3}[.)] +/;
/** One `#`, which elsewhere is the title of all, begins a heading of the text as two do. */
const HEADING = /^(#{1,3}) +(.+)$/;

/** Blocks end at an empty line, and where another kind of line begins. */
function blocksOf(words: string): Block[] {
  const blocks: Block[] = [];
  let open: string[] = [];
  const close = () => {
    if (open.length > 0) blocks.push(blockOf(open));
    open = [];
  };
  for (const line of words.split('\n').map((each) => each.trimEnd())) {
    const heading = HEADING.exec(line);
    if (line === '') close();
    else if (heading) {
      close();
      blocks.push({ kind: 'heading', level: heading[1] === '###' ? 3 : 2, text: heading[2] ?? '' });
    } else {
      const [first] = open;
      // A line without a bullet goes on with the item before it.
      if (first !== undefined && kindOf(line) !== 'paragraph' && kindOf(line) !== kindOf(first)) close();
      open.push(line);
    }
  }
  close();
  return blocks;
}

function kindOf(line: string): 'bullet' | 'number' | 'quotation' | 'paragraph' {
  if (BULLET.test(line)) return 'bullet';
  if (NUMBER.test(line)) return 'number';
  return line.startsWith('>') ? 'quotation' : 'paragraph';
}

function blockOf(lines: readonly string[]): Block {
  const kind = kindOf(lines[0] ?? '');
  if (kind === 'quotation') return { kind, text: lines.map((line) => line.replace(/^> ?/, '')).join('\n') };
  if (kind === 'paragraph') return { kind, text: lines.join('\n') };
  const marker = kind === 'bullet' ? BULLET : NUMBER;
  const items: string[] = [];
  for (const line of lines) {
    if (marker.test(line)) items.push(line.replace(marker, ''));
    else items.push(`${items.pop() ?? ''}\n${line.trimStart()}`);
  }
  return { kind: 'list', ordered: kind === 'number', items };
}

const INLINE =
  /\\([\\*_[\]{}#>-])|\{\{([^{}]*)\}\}|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|(?<!\w)_([^_\s][^_]*)_(?!\w)|\[([^\]]+)\]\(([^)\s]+)\)/g;
/** What a link may lead to: nothing that runs, and nothing of another scheme. */
const LINK = /^(https?:\/\/|mailto:|\/(?!\/)|#)/i;

function inlineOf(text: string, figures: ReportFigures): ComponentChildren[] {
  const parts: ComponentChildren[] = [];
  let from = 0;
  for (const found of text.matchAll(INLINE)) {
    const [whole, escaped, placeholder, strong, starred, underlined, label, to] = found;
    if (found.index > from) parts.push(text.slice(from, found.index));
    from = found.index + whole.length;
    const emphasised = starred ?? underlined;
    if (escaped !== undefined) parts.push(escaped);
    else if (placeholder !== undefined) parts.push(<Figure named={placeholder} figures={figures} />);
    else if (strong !== undefined) parts.push(<strong>{inlineOf(strong, figures)}</strong>);
    else if (emphasised !== undefined) parts.push(<em>{inlineOf(emphasised, figures)}</em>);
    else if (label !== undefined && to !== undefined && LINK.test(to))
      parts.push(
        <a class="govuk-link" href={to}>
          {inlineOf(label, figures)}
        </a>,
      );
    else parts.push(whole);
  }
  parts.push(text.slice(from));
  return parts;
}

function Figure({ named, figures }: { named: string; figures: ReportFigures }) {
  const found = resolvePlaceholder(figures, named);
  return found.ok ? (
    <data value={named.trim().replace(/\s+/g, ' ')}>{found.text}</data>
  ) : (
    <mark>{found.fault}</mark>
  );
}

/** Every placeholder of a text that names no figure: what its author is told before the text leaves their hands. */
export function narrativeFaults(words: string, figures: ReportFigures): string[] {
  return [...words.matchAll(/\{\{([^{}]*)\}\}/g)].flatMap(([, named = '']) => {
    const found = resolvePlaceholder(figures, named);
    return found.ok ? [] : [found.fault];
  });
}

/** The text as a part of a page; its headings stand below one of `level`. */
export function Narrative({
  words,
  figures,
  level = 2,
}: {
  words: string;
  figures: ReportFigures;
  level?: 2 | 3;
}) {
  return <>{blocksOf(words).map((block) => drawBlock(block, figures, level))}</>;
}

function drawBlock(block: Block, figures: ReportFigures, under: 2 | 3): ComponentChildren {
  switch (block.kind) {
    case 'heading': {
      const Heading = `h${Math.min(under + block.level - 1, 6)}` as 'h3' | 'h4' | 'h5';
      return (
        <Heading class={block.level === 2 ? 'govuk-heading-m' : 'govuk-heading-s'}>
          {inlineOf(block.text, figures)}
        </Heading>
      );
    }
    case 'list': {
      const List = block.ordered ? 'ol' : 'ul';
      return (
        <List class={`govuk-list govuk-list--${block.ordered ? 'number' : 'bullet'}`}>
          {block.items.map((item) => (
            <li>{inlineOf(item, figures)}</li>
          ))}
        </List>
      );
    }
    case 'quotation':
      return (
        <blockquote class="govuk-inset-text">
          <p class="govuk-body">{inlineOf(block.text, figures)}</p>
        </blockquote>
      );
    case 'paragraph':
      return <p class="govuk-body">{inlineOf(block.text, figures)}</p>;
  }
}
