import type { ComponentChildren, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { ServiceNavigation } from '../govuk/service-navigation.tsx';
import { SkipLink } from '../govuk/skip-link.tsx';
import type { Assets } from './assets.ts';

/** One way into a part of the service. */
export interface NavigationLink {
  text: string;
  href: string;
  /** The page that is open, or the part it belongs to. */
  current?: boolean | undefined;
}

/** Who is signed in, as the header shows it. */
export interface LayoutAccount {
  name: string;
  role: string;
  /** Their own account: password, codes, where they are signed in, and another role for those who have more. */
  href?: string | undefined;
  /** The form that signs out: it changes something, so it is sent by POST. */
  signOut: ComponentChildren;
}

export interface LayoutProps {
  /** What the page is about, without the name of the service. */
  title: string;
  assets: Assets;
  serviceName: string;
  navigation?: readonly NavigationLink[] | undefined;
  account?: LayoutAccount | undefined;
  /** The protective marking, `OFFICIAL-SENSITIVE` for instance; on paper too. */
  marking?: string | undefined;
  backLink?: ComponentChildren;
  /** Between the back link and the main part: what holds for every page of a person. */
  beforeContent?: ComponentChildren;
  /** The banner or error summary that the main part begins with. */
  notification?: ComponentChildren;
  children?: ComponentChildren;
  /** Whether everybody in the service is invented, which every page then says. */
  demonstration?: boolean | undefined;
  /** Whether the page is a form that was refused: its title then begins with "Error". */
  errorTitlePrefix?: boolean | undefined;
}

const product = 'Homeward';

/** A whole page of the service, from `html` down. */
export function Layout(props: LayoutProps) {
  const { title, assets, serviceName, navigation = [], marking, demonstration } = props;
  const names = [...new Set([title, serviceName, product])].join(' – ');
  return (
    <html lang="en-GB" class="govuk-template">
      <head>
        <meta charset="utf-8" />
        <title>{props.errorTitlePrefix ? `Error: ${names}` : names}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="theme-color" content="#14424c" />
        <meta name="robots" content="noindex, nofollow" />
        <link rel="icon" href={assets.url('favicon.svg')} type="image/svg+xml" />
        <link
          rel="preload"
          href={assets.url('atkinson-hyperlegible-next-latin-wght-normal.woff2')}
          as="font"
          type="font/woff2"
          crossorigin="anonymous"
        />
        <link rel="stylesheet" href={assets.url('homeward.css')} />
        <script type="module" src={assets.url('client.js')} />
      </head>
      <body class="govuk-template__body">
        <SkipLink href="#main-content">Skip to main content</SkipLink>
        <header>
          {marking && <p class="hw-marking">{marking}</p>}
          <Header account={props.account} />
          {(navigation.length > 0 || serviceName !== product) && (
            <ServiceNavigation
              serviceName={serviceName === product ? undefined : serviceName}
              serviceUrl="/"
              navigation={navigation}
            />
          )}
        </header>
        {demonstration && (
          <aside class="hw-demonstration" aria-label="Demonstration">
            <div class="govuk-width-container">Demonstration service: every person here is invented</div>
          </aside>
        )}
        <div class="govuk-width-container">
          {props.backLink}
          {props.beforeContent}
          <main class="govuk-main-wrapper" id="main-content">
            {props.notification}
            {props.children}
          </main>
        </div>
        <Footer />
      </body>
    </html>
  );
}

/** A document as it is sent: the doctype and the HTML. */
export function renderDocument(document: VNode): string {
  return `<!DOCTYPE html>\n${renderToString(document)}\n`;
}

function Header({ account }: { account: LayoutAccount | undefined }) {
  return (
    <div class="hw-header">
      <div class="hw-header__container govuk-width-container">
        <a class="hw-header__wordmark" href="/">
          <Mark />
          {product}
        </a>
        {account && (
          <ul class="hw-account">
            <li>
              <span class="hw-account__name">{account.name}</span>{' '}
              <span class="hw-account__role">{account.role}</span>
            </li>
            {account.href && (
              <li>
                <a href={account.href}>Your account</a>
              </li>
            )}
            <li>{account.signOut}</li>
          </ul>
        )}
      </div>
    </div>
  );
}

/** A house with its door open and the light on. */
function Mark() {
  return (
    <svg class="hw-header__mark" viewBox="0 0 36 36" aria-hidden="true" focusable="false">
      <g fill="none" stroke="currentColor" stroke-width="3" stroke-linejoin="round">
        <path d="M3 19 18 5l15 14" stroke-linecap="round" />
        <path d="M8 17v15h20V17" />
      </g>
      <path class="hw-header__lamp" fill="currentColor" d="M14.5 33.5v-8a3.5 3.5 0 0 1 7 0v8z" />
    </svg>
  );
}

function Footer() {
  return (
    <footer class="hw-footer">
      <div class="govuk-width-container">
        <p class="hw-footer__danger">
          If a young person is in immediate danger call{' '}
          <a class="govuk-link" href="tel:999">
            999
          </a>
        </p>
        <ul class="hw-footer__links">
          <li>
            <a class="govuk-link" href="/accessibility">
              Accessibility statement
            </a>
          </li>
          <li>
            <a class="govuk-link" href="/privacy">
              Privacy
            </a>
          </li>
          <li>
            <a class="govuk-link" href="/help">
              Help now
            </a>
          </li>
        </ul>
      </div>
    </footer>
  );
}
