import { describe, expect, test } from 'vitest';
import { Layout, type LayoutProps, renderDocument } from './layout.tsx';

const assets = { url: (name: string) => `/assets/${name}` };

function page(props: Partial<LayoutProps> = {}): string {
  return renderDocument(<Layout title="Referrals" serviceName="Homeward" assets={assets} {...props} />);
}

test('a page is a whole document in British English', () => {
  expect(page()).toMatch(
    /^<!DOCTYPE html>\n<html lang="en-GB" class="govuk-template"><head><meta charset="utf-8"/,
  );
  expect(page()).toMatch(/<\/html>\n$/);
});

describe('the title', () => {
  test.each([
    ['names the page and the product', {}, 'Referrals – Homeward'],
    ['names the service too when it has a name', { serviceName: 'Rescue' }, 'Referrals – Rescue – Homeward'],
    ['says nothing twice', { title: 'Homeward' }, 'Homeward'],
    ['begins with the error', { errorTitlePrefix: true }, 'Error: Referrals – Homeward'],
    ['is text', { title: '</title><b>' }, '&lt;/title>&lt;b> – Homeward'],
  ])('%s', (_, props, title) => {
    expect(page(props)).toContain(`<title>${title}</title>`);
  });
});

test('nothing in a page runs or styles in line, which the policy forbids', () => {
  const html = page({
    account: { name: 'A', role: 'B', signOut: null },
    marking: 'OFFICIAL',
    demonstration: true,
  });
  expect(html).not.toMatch(/<style|\sstyle=|\son[a-z]+=/);
  expect(html.match(/<script[^>]*>[^<]*/g)).toEqual(['<script type="module" src="/assets/client.js">']);
});

test('the skip link leads to the main part', () => {
  const [, target] =
    /class="govuk-skip-link"[^>]*href="#([^"]+)"|href="#([^"]+)" class="govuk-skip-link"/
      .exec(page())
      ?.filter(Boolean) ?? [];
  expect(page()).toContain(`<main class="govuk-main-wrapper" id="${target}"`);
});

test('who is signed in stands in the header with the form that signs out', () => {
  const signOut = (
    <form method="post" action="/sign-out">
      <button type="submit">Sign out</button>
    </form>
  );
  const html = page({ account: { name: 'Ada <Field>', role: 'Caseworker', href: '/account', signOut } });
  expect(html).toContain('Ada &lt;Field>');
  expect(html).toContain('<a href="/account">Your account</a>');
  expect(html).toContain(
    '<form method="post" action="/sign-out"><button type="submit">Sign out</button></form>',
  );
  expect(page({ account: { name: 'Ada', role: 'Caseworker', signOut } })).not.toContain('Your account');
  expect(page()).not.toContain('hw-account');
});

test('the page that is open is marked in the navigation', () => {
  const html = page({
    navigation: [
      { text: 'Referrals', href: '/referrals', current: true },
      { text: 'Search', href: '/search' },
    ],
  });
  expect(html.match(/<a[^>]*aria-current="page"[^>]*>/g)).toEqual([
    expect.stringContaining('href="/referrals"'),
  ]);
  expect(page()).not.toContain('govuk-service-navigation');
});

test.each([
  ['marking', { marking: 'OFFICIAL-SENSITIVE' }, 'OFFICIAL-SENSITIVE'],
  ['demonstration', { demonstration: true }, 'Demonstration service: every person here is invented'],
])('the %s is shown on pages that have it and on no other', (_, props, words) => {
  expect(page(props)).toContain(words);
  expect(page()).not.toContain(words);
});

test('every page says what to do in immediate danger', () => {
  expect(page()).toMatch(/If a young person is in immediate danger call <a[^>]*href="tel:999">999<\/a>/);
});

test('what a page adds stands in its order', () => {
  const html = page({
    backLink: <i>one</i>,
    beforeContent: <i>two</i>,
    notification: <i>three</i>,
    children: <i>four</i>,
  });
  expect(html).toMatch(/<i>one<\/i><i>two<\/i><main [^>]*><i>three<\/i><i>four<\/i><\/main>/);
});
