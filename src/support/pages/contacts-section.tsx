import { thresholdsOn } from '../../organisations/index.ts';
import type { Person, PersonSection } from '../../people/index.ts';
import { formatDate, formatLondon, londonDate } from '../../platform/clock/london-time.ts';
import type { Role } from '../../platform/database/transaction.ts';
import { Button, SummaryList, WarningText } from '../../platform/govuk/index.ts';
import { type ContactStanding, contactStandings } from '../contact-queries.ts';
import { engagementInWords } from '../engagement.ts';
import { type AllocationEngagement, engagementsOf } from '../engagement-queries.ts';
import { readersOfNotes } from './note-page.tsx';
import { contactsAddress } from './support-addresses.ts';

/** Whether they are engaged, and how it stands with contact, on a young person's page. */
export const contactsSection: PersonSection = {
  for: ['caseworker', 'provider-manager', 'operations-manager', 'coordinator', 'spoc'],
  async show({ tx, asker, service, person }) {
    const engagements = await engagementsOf(tx, [person.id]);
    const open = [...engagements.values()].filter(({ endedAt }) => endedAt === null);
    if (open.length === 0) return null;
    const mayReadContact = (readersOfNotes as readonly Role[]).includes(asker.role);
    const standings = mayReadContact ? await contactStandings(tx, person.id) : new Map();
    const most = mayReadContact
      ? (await thresholdsOn(tx, londonDate(service.clock.now())))['failed-contacts'].value
      : 0;
    return (
      <>
        <h2 class="govuk-heading-m">Contact</h2>
        {open.map((allocation) => (
          <Standing
            key={allocation.allocationId}
            allocation={allocation}
            standing={asOfTheLiving(person, standings.get(allocation.allocationId))}
            most={most}
          />
        ))}
        {asker.role === 'caseworker' && (
          <div class="govuk-button-group">
            <Button href={contactsAddress(person.id, 'new')} classes="govuk-button--secondary">
              Record a contact
            </Button>
            {person.diedOn === null && (
              <a class="govuk-link" href={contactsAddress(person.id, 'plan')}>
                Plan a contact
              </a>
            )}
          </div>
        )}
      </>
    );
  },
};

/** Somebody who has died is neither to be met nor to be tried again. */
const asOfTheLiving = ({ diedOn }: Person, standing: ContactStanding | undefined) =>
  diedOn === null || standing === undefined
    ? standing
    : { ...standing, nextPlannedFor: null, failedSince: 0 };

interface StandingProps {
  allocation: AllocationEngagement;
  standing: ContactStanding | undefined;
  /** How many failures in a row ask for a review. */
  most: number;
}

/** Whether somebody is engaged and, for those who read it, how it stands with contact. */
export function Standing({ allocation, standing, most }: StandingProps) {
  return (
    <>
      {standing !== undefined && <ReviewPrompt standing={standing} most={most} />}
      <SummaryList
        rows={[
          { key: { text: 'Provider' }, value: { text: <bdi>{allocation.organisationName}</bdi> } },
          { key: { text: 'Engaged' }, value: { text: engagementInWords(allocation.engagement) } },
          standing !== undefined && {
            key: { text: 'Last spoke or met' },
            value: {
              text:
                standing.lastSpokenAt === null ? 'Not yet' : formatDate(londonDate(standing.lastSpokenAt)),
            },
          },
          standing !== undefined &&
            standing.failedSince > 0 && {
              key: { text: 'Tried since' },
              value: { text: timesInWords(standing.failedSince) },
            },
          standing !== undefined && {
            key: { text: 'Next planned' },
            value: {
              text: standing.nextPlannedFor === null ? 'Nothing' : formatLondon(standing.nextPlannedFor),
            },
          },
        ]}
      />
    </>
  );
}

/** What to do when contact failed again and again. */
function ReviewPrompt({ standing, most }: { standing: ContactStanding; most: number }) {
  if (standing.failedSince < most) return null;
  return (
    <WarningText iconFallbackText="Warning">
      Tried {timesInWords(standing.failedSince)} in a row without an answer. Review with your manager how to
      reach them, and whether they are safe.
    </WarningText>
  );
}

export function timesInWords(times: number): string {
  return times === 1 ? 'once' : times === 2 ? 'twice' : `${times} times`;
}
