import type { PostalAnswer } from '../../network/index.ts';

interface BeforePrintingProps {
  backTo: string;
  /** Whether what is written names a service. */
  tells: boolean;
  /** Whether it may be posted to them, and where. */
  post: PostalAnswer;
}

/** What the one who prints is told first; it is on the screen and not on the paper. */
export function BeforePrinting({ backTo, tells, post }: BeforePrintingProps) {
  return (
    <div class="not-printed">
      <p>
        <strong>Papers can be found.</strong> Print this only if the young person wants it and has a safe
        place for it. A plan that is learned by heart, or kept with somebody they trust, cannot be found on
        them.
      </p>
      <ul>
        <li>Take out names and numbers that would put somebody at risk.</li>
        <li>
          In the print window, turn off headers and footers: a browser may write the address of this page
          there.
        </li>
        <li>Print one copy, hand it over yourself, and leave none in the printer.</li>
      </ul>
      {tells && (
        <p>
          <strong>What is written names a service.</strong> Whoever finds it would know who helps them. Change
          the words before you print.
        </p>
      )}
      {post.kind === 'no' ? (
        <p>
          <strong>{post.why}.</strong>
        </p>
      ) : (
        <p>
          If it must be posted, send it only to:{' '}
          {post.addresses.map((address, place) => (
            <span key={place} dir="auto">
              {place > 0 && ', or '}
              {address}
            </span>
          ))}
        </p>
      )}
      <p>
        <a href={backTo}>Go back without printing</a>
      </p>
    </div>
  );
}
