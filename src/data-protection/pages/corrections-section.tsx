import type { PersonSection } from '../../people/index.ts';
import { formatDate } from '../../platform/clock/london-time.ts';
import { InsetText } from '../../platform/govuk/index.ts';
import { correctionsAsked } from '../request-queries.ts';

/** Asks those who can correct a record to do so, where somebody asks it by right. */
export const correctionsSection: PersonSection = {
  for: ['caseworker', 'provider-manager', 'coordinator'],
  async show({ tx, person }) {
    const asked = await correctionsAsked(tx, person.id);
    return asked.map(({ id, what, receivedOn, dueOn, lead, leadEmail }) => (
      <InsetText key={id}>
        <h2 class="govuk-heading-s">A correction is asked for</h2>
        <p class="govuk-body">
          On {formatDate(receivedOn)} somebody asked, as they have a right to:{' '}
          <span class="hw-text" dir="auto">
            {what}
          </span>
        </p>
        <p class="govuk-body">
          Correct what is wrong: what it said before is kept. Add the young person’s own view to an opinion. A
          coordinator corrects names, the date of birth and where they live. Then tell <bdi>{lead}</bdi> (
          {leadEmail}) what was done, so that it is answered by {formatDate(dueOn)}.
        </p>
      </InsetText>
    ));
  },
};
