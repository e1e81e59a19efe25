import type { Someone, TestService } from './service.ts';

/** A reply, with what a browser would go by. */
export interface Reply {
  status: number;
  html: string;
  /** Where it leads, for a redirect. */
  location: string | null;
}

/** Somebody who is signed in and sends the service's own forms, without a browser: for what many do at once. */
export class FormClient {
  readonly #url: string;
  readonly #cookie: string;

  constructor({ url }: Pick<TestService, 'url'>, { cookie }: Pick<Someone, 'cookie'>) {
    this.#url = url;
    this.#cookie = cookie;
  }

  async get(path: string): Promise<Reply> {
    return await this.#send(path, { method: 'GET' });
  }

  /** Opens a page, and gives what sends its form with some fields filled in: later, and as often as it is called. */
  async open(path: string): Promise<(fields: Fields) => Promise<Reply>> {
    const page = await this.get(path);
    if (page.status !== 200) throw new Error(`${path} answered ${page.status}`);
    const hidden = hiddenFields(page.html);
    return (fields) => this.#send(path, { method: 'POST', body: bodyOf({ ...hidden, ...fields }) });
  }

  /** Opens a page and sends its form. */
  async submit(path: string, fields: Fields): Promise<Reply> {
    return await (await this.open(path))(fields);
  }

  async #send(path: string, request: RequestInit): Promise<Reply> {
    const reply = await fetch(`${this.#url}${path}`, {
      ...request,
      redirect: 'manual',
      headers: { cookie: this.#cookie },
    });
    return { status: reply.status, html: await reply.text(), location: reply.headers.get('location') };
  }
}

/** What is filled in: a list where several boxes of one name are ticked. */
type Fields = Readonly<Record<string, string | readonly string[]>>;

function bodyOf(fields: Fields): URLSearchParams {
  return new URLSearchParams(
    Object.entries(fields).flatMap(([name, values]) =>
      [values].flat().map((value): [string, string] => [name, String(value)]),
    ),
  );
}

/** What the page's forms carry unseen; where several carry the same field, what the last of them has. */
function hiddenFields(html: string): Record<string, string> {
  const hidden: Record<string, string> = {};
  for (const [input] of html.matchAll(/<input [^>]*type="hidden"[^>]*>/g)) {
    const name = /name="([^"]*)"/.exec(input)?.[1];
    if (name !== undefined) hidden[name] = /value="([^"]*)"/.exec(input)?.[1] ?? '';
  }
  return hidden;
}
