import { WarningText } from '../../platform/govuk/index.ts';

/** What an administrator reads before they take from somebody the account, or the role, in which they work with young people. */
export function LeftCases({ cases }: { cases: number }) {
  if (cases === 0) return null;
  return (
    <WarningText>
      They work with {cases} {cases === 1 ? 'young person' : 'young people'} now, who would have nobody who
      can sign in. The managers of their provider are told at once, and move them to others.
    </WarningText>
  );
}
