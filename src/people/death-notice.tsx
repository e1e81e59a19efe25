import { formatDate } from '../platform/clock/london-time.ts';
import { Tag, WarningText } from '../platform/govuk/index.ts';
import type { Person } from './person.ts';

/** Says that a young person has died, at the top of a page about them; nothing of anybody else. */
export function DeathNotice({ person: { diedOn } }: { person: Pick<Person, 'diedOn'> }) {
  if (diedOn === null) return null;
  return (
    <WarningText iconFallbackText="Important">
      This young person died on {formatDate(diedOn)}. Do not ring or write. The record is kept.
    </WarningText>
  );
}

/** Says so beside a name in a list. */
export function DiedTag({ hasDied }: { hasDied: boolean }) {
  if (!hasDied) return null;
  return <Tag classes="govuk-tag--grey">Died</Tag>;
}
