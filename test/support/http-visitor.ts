import type { TestService } from './service.ts';

/** A page as it came, with what its form needs to be sent back. */
export interface Reply {
  status: number;
  path: string;
  /** Where a redirect leads; null on a page. */
  location: string | null;
  html: string;
  /** The words of the page, tags gone and entities read. */
  text: string;
}

/** Somebody who speaks HTTP and runs no script: keeps cookies, sends forms as a browser does, follows nothing by itself. */
export class HttpVisitor {
  readonly #url: string;
  readonly #cookies = new Map<string, string>();

  /** @param cookie of a session that is open already, as `name=value`. */
  constructor({ url }: Pick<TestService, 'url'>, cookie?: string) {
    this.#url = url;
    if (cookie !== undefined) this.#cookies.set(...pairOf(cookie));
  }

  get(path: string): Promise<Reply> {
    return this.#ask('GET', path);
  }

  /** Sends the form of a page to where the page is, with its hidden fields and these. */
  send(page: Reply, fields: Record<string, string | readonly string[]> = {}, to = page.path): Promise<Reply> {
    const main = page.html.slice(page.html.indexOf('<main'));
    const body = new URLSearchParams();
    for (const [, input = ''] of main.matchAll(/<input([^>]*type="hidden"[^>]*)>/g)) {
      const name = /name="([^"]*)"/.exec(input)?.[1];
      if (name !== undefined && !body.has(name) && !(name in fields))
        body.append(name, read(/value="([^"]*)"/.exec(input)?.[1] ?? ''));
    }
    for (const [name, value] of Object.entries(fields))
      for (const one of [value].flat()) body.append(name, one);
    return this.#ask('POST', to, body);
  }

  /** Gets a page and sends its form. */
  async fill(path: string, fields: Record<string, string | readonly string[]> = {}): Promise<Reply> {
    return await this.send(await this.get(path), fields);
  }

  async #ask(method: 'GET' | 'POST', path: string, body?: URLSearchParams): Promise<Reply> {
    const response = await fetch(`${this.#url}${path}`, {
      method,
      redirect: 'manual',
      headers: { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(body === undefined ? {} : { body }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [name, value] = pairOf(cookie.split(';')[0] ?? '');
      if (value === '') this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    const html = await response.text();
    return {
      status: response.status,
      path,
      location: response.headers.get('location'),
      html,
      text: wordsOf(html),
    };
  }
}

function pairOf(cookie: string): [string, string] {
  const equals = cookie.indexOf('=');
  return [cookie.slice(0, equals), cookie.slice(equals + 1)];
}

function wordsOf(html: string): string {
  return read(html.replace(/<[^>]*>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim();
}

const ENTITIES: Record<string, string> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
};
const read = (html: string): string =>
  html.replace(/&(lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity] ?? entity);
