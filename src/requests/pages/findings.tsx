import { formatLondon } from '../../platform/clock/london-time.ts';
import { wordFor } from '../../reference/code-lists.ts';
import { handlings, intelligenceGrades, sourceGrades } from '../request.ts';
import type { Finding } from '../request-queries.ts';

/** What analysts found, with where it comes from and how it may be handled. */
export function Findings({ findings }: { findings: readonly Finding[] }) {
  return (
    <section aria-labelledby="findings">
      <h2 class="govuk-heading-m" id="findings">
        Findings
      </h2>
      <p class="govuk-body">
        Read by analysts and the operations manager alone. Whoever asked reads the answer, and none of this.
      </p>
      {findings.length === 0 && <p class="govuk-body">Nothing is written down yet.</p>}
      {findings.map((each) => (
        <div key={each.id} class="hw-note">
          <p class="hw-note__meta">
            <bdi>{each.by}</bdi>, {formatLondon(each.at)}
          </p>
          <p class="hw-note__text" dir="auto">
            {each.finding}
          </p>
          <p class="hw-note__meta govuk-!-margin-top-2">
            Source: <bdi class="hw-text">{each.source}</bdi>
            <br />
            Source {wordFor(sourceGrades, each.sourceGrade)}. Intelligence{' '}
            {wordFor(intelligenceGrades, each.intelligenceGrade)}. Handling{' '}
            {wordFor(handlings, each.handling)}
            {each.conditions !== '' && (
              <>
                : <bdi class="hw-text">{each.conditions}</bdi>
              </>
            )}
          </p>
        </div>
      ))}
    </section>
  );
}
