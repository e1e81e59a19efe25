import type { ImportOutcome } from '../import-history.ts';
import { counted } from './running-imports.ts';

/** Rows that come in and look wrong: where each is, and what is odd about it. */
export function OddRows({ odd: { count, kept } }: { odd: ImportOutcome['odd'] }) {
  if (count === 0) return null;
  const others = count - kept.length;
  return (
    <>
      <h2 class="govuk-heading-m">Rows that look wrong</h2>
      <p class="govuk-body">
        {counted(count, 'cell')}. Two dates of a row are not in the order in which such things happen. Nothing
        refuses such rows, and figures count them as they stand: ask whether they are right.
      </p>
      <ul class="govuk-list govuk-list--bullet">
        {kept.map(({ file, line, column, message }) => (
          <li>
            {file}:{line}: {column}: {message}
          </li>
        ))}
      </ul>
      {others > 0 && <p class="govuk-body">{others.toLocaleString('en-GB')} more cannot be listed.</p>}
    </>
  );
}
