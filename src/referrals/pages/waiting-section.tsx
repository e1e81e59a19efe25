import type { PersonSection } from '../../people/index.ts';
import { formatDate, londonDate } from '../../platform/clock/london-time.ts';
import { everybodyWaiting } from '../waiting-queries.ts';
import { waitingAddress } from './waiting-address.ts';

/** That a young person waits for a provider, on their page; nothing where they do not. */
export const waitingSection: PersonSection = {
  for: ['coordinator', 'operations-manager'],
  async show({ tx, person }) {
    const [waiting] = await everybodyWaiting(tx, person.id);
    if (!waiting) return null;
    const { acceptedAt, entry } = waiting;
    return (
      <>
        <h2 class="govuk-heading-m">Waiting for a provider</h2>
        <p class="govuk-body">
          Accepted on {formatDate(londonDate(acceptedAt))}.{' '}
          <a class="govuk-link" href={waitingAddress(person.id)}>
            {entry.meanwhile === '' && entry.localProvision === ''
              ? 'Record what is being done meanwhile'
              : 'What is being done meanwhile'}
          </a>
        </p>
      </>
    );
  },
};
