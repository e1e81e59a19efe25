import type { ComponentChildren } from 'preact';
import type { Assets } from './assets.ts';

interface PaperProps {
  /** What the tab and the printer's own header say: it must not tell whose paper it is either. */
  title: string;
  assets: Assets;
  children?: ComponentChildren;
}

/**
 * A document that a young person can take away. It has no name of a service, no header, no marking and no sign: who finds
 * it must not see where it is from. What is said to the one who prints it is in elements of class `not-printed`.
 */
export function Paper({ title, assets, children }: PaperProps) {
  return (
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <title>{title}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex, nofollow" />
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href={assets.url('paper.css')} />
      </head>
      <body>
        <div class="sheet">
          <div class="sheet-edge" />
          <main>{children}</main>
          <div class="sheet-edge sheet-edge-end" />
        </div>
      </body>
    </html>
  );
}
