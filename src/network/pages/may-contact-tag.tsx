import { Tag } from '../../platform/govuk/index.ts';
import { wordFor } from '../../reference/code-lists.ts';
import { mayContactAnswers } from '../network-member.ts';

/** Says in words, and in red where it must not be, whether somebody may be contacted; nothing where they simply may. */
export function MayContactTag({ mayContact }: { mayContact: string }) {
  if (mayContact === 'yes') return null;
  return (
    <Tag classes={mayContact === 'never' ? 'govuk-tag--red' : 'govuk-tag--orange'}>
      {wordFor(mayContactAnswers, mayContact)}
    </Tag>
  );
}
