import { request } from 'node:http';
import { type DefaultTreeAdapterTypes, parse, defaultTreeAdapter as tree } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

export type Fields = Readonly<Record<string, string | readonly string[]>>;

/** What a server said; a redirection is not followed. */
export interface Reply {
  readonly status: number;
  readonly location: string;
  readonly body: string;
}

/** A form as a browser has it when it opens a page: where it goes and what stands in its fields. */
export interface OpenForm {
  readonly path: string;
  readonly fields: Fields;
  /** The names of the fields that somebody types words into. */
  readonly typed: readonly string[];
}

/** A browser without a window: opens pages, fills their forms in, sends them. One connection for each request. */
export class PlainBrowser {
  readonly #base: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(base: string, headers: Readonly<Record<string, string>> = {}) {
    this.#base = base;
    this.#headers = headers;
  }

  /** @throws Error when no whole reply comes: the server was not there, or died meanwhile. */
  ask(method: string, path: string, headers: Readonly<Record<string, string>> = {}, body?: string) {
    return new Promise<Reply>((answered, failed) => {
      const { hostname, port } = new URL(this.#base);
      const asking = request(
        {
          hostname,
          port,
          method,
          path,
          agent: false,
          headers: { ...this.#headers, ...headers },
          timeout: 20_000,
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.once('error', failed);
          response.once('end', () => {
            answered({
              status: response.statusCode ?? 0,
              location: response.headers.location ?? '',
              body: Buffer.concat(chunks).toString(),
            });
          });
        },
      );
      asking.once('timeout', () => asking.destroy(new Error(`No answer from ${path} within 20 seconds`)));
      asking.once('error', failed);
      asking.end(body);
    });
  }

  get(path: string): Promise<Reply> {
    return this.ask('GET', path);
  }

  /** Sends fields as a browser does; a string is sent as it stands. */
  post(path: string, fields: Fields | string): Promise<Reply> {
    const body = typeof fields === 'string' ? fields : encoded(fields);
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': String(Buffer.byteLength(body)),
    };
    return this.ask('POST', path, headers, body);
  }

  /**
   * Opens a page that has a form with a field of this name.
   * @throws Error when there is none.
   */
  async open(path: string, field: string): Promise<OpenForm> {
    const reply = await this.get(path);
    const form = formsOf(reply.body).find(({ fields }) => field in fields);
    if (reply.status !== 200 || !form) {
      throw new Error(`No form with "${field}" at ${path}: ${reply.status} ${reply.location}`);
    }
    return { path, ...form };
  }

  /** Fills a form in, over what stood in it, and sends it. */
  send(form: OpenForm, answers: Fields = {}): Promise<Reply> {
    return this.post(form.path, { ...form.fields, ...answers });
  }
}

/** Fields as `application/x-www-form-urlencoded`. */
export function encoded(fields: Fields): string {
  const pairs = Object.entries(fields).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value]] : value.map((one) => [name, one]),
  );
  return new URLSearchParams(pairs).toString();
}

/** The forms of a page, in order: what a browser would send for each if nothing were typed. */
export function formsOf(html: string): Omit<OpenForm, 'path'>[] {
  return elementsIn(parse(html), 'form')
    .filter((form) => attribute(form, 'method') === 'post')
    .map((form) => ({ fields: fieldsOf(form), typed: typedIn(form) }));
}

/** The text of a page's first element with this name. */
export function textOf(html: string, tagName: string): string {
  const found = elementsIn(parse(html), tagName)[0];
  return found ? text(found).trim() : '';
}

/** What the error summary of a page says, one line a fault. */
export function faultsOf(html: string): string[] {
  const summary = elementsIn(parse(html), 'div').find((element) =>
    attribute(element, 'class')?.split(' ').includes('govuk-error-summary'),
  );
  return summary ? elementsIn(summary, 'li').map((item) => text(item).trim()) : [];
}

function fieldsOf(form: Element): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const control of [
    ...elementsIn(form, 'input'),
    ...elementsIn(form, 'textarea'),
    ...elementsIn(form, 'select'),
  ]) {
    const name = attribute(control, 'name');
    const value = sentBy(control);
    if (name !== undefined && value !== undefined) fields[name] = value;
  }
  return fields;
}

function typedIn(form: Element): string[] {
  const inputs = elementsIn(form, 'input').filter((input) =>
    ['text', 'search', 'tel', 'email'].includes(attribute(input, 'type') ?? 'text'),
  );
  return [...inputs, ...elementsIn(form, 'textarea')].flatMap((control) => attribute(control, 'name') ?? []);
}

function sentBy(control: Element): string | undefined {
  if (control.tagName === 'textarea') return text(control);
  if (control.tagName === 'select') {
    const options = elementsIn(control, 'option');
    const chosen = options.find((option) => attribute(option, 'selected') !== undefined) ?? options[0];
    return chosen && attribute(chosen, 'value');
  }
  const isTicked = attribute(control, 'checked') !== undefined;
  if (['radio', 'checkbox'].includes(attribute(control, 'type') ?? '') && !isTicked) return undefined;
  return attribute(control, 'value') ?? '';
}

function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((each) => each.name === name)?.value;
}

function elementsIn(node: Node, tagName: string): Element[] {
  const children = 'childNodes' in node ? node.childNodes : [];
  return children.flatMap((child) => [
    ...(tree.isElementNode(child) && child.tagName === tagName ? [child] : []),
    ...elementsIn(child, tagName),
  ]);
}

function text(node: Node): string {
  if (tree.isTextNode(node)) return node.value;
  return 'childNodes' in node ? node.childNodes.map(text).join('') : '';
}
