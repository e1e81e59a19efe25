import type { ComponentChildren } from 'preact';
import { personAddress } from '../../people/index.ts';
import { Details } from '../../platform/govuk/index.ts';
import type { Findings } from '../findings.ts';
import type { Found } from '../told.ts';
import { counted } from './running-imports.ts';

/**
 * What people are to look at because of an import, kind by kind. In a preview the records that it would make are not there yet:
 * they go by the reference of the system before.
 */
export function FindingLists({ findings, isPreview = false }: { findings: Findings; isPreview?: boolean }) {
  const record = (id: string, reference: string) => (
    <a class="govuk-link hw-reference" href={personAddress(id)}>
      {reference}
    </a>
  );
  return (
    <>
      <FindingList
        heading="People who may be known already"
        found={findings.known}
        called="pair"
        about={`A ${isPreview ? 'record that would be made' : 'new record'} and one from before may be of one young person. Nobody is merged: look at both.`}
      >
        {({ personId, otherPersonId, told }) => (
          <>
            {isPreview ? <bdi>{told.personRef}</bdi> : record(personId, told.made)} and{' '}
            {record(otherPersonId ?? '', told.known)}: <bdi>{told.reasons.join('; ')}</bdi>
          </>
        )}
      </FindingList>
      <FindingList
        heading="Likely moves"
        found={findings.move}
        called="likely move"
        about="A record that people work on here stays in its borough, and a newer referral names another. Record the move where there was one."
      >
        {({ personId, told }) => (
          <>
            {record(personId, told.record)} is in {told.area}; <bdi>{told.referral}</bdi> ({told.place}) says{' '}
            {told.newArea}
          </>
        )}
      </FindingList>
      <FindingList
        heading="Unlike rows of one young person"
        found={findings.unlike}
        called="pair"
        about="Two referrals of one person_ref have no name in common and two dates of birth. They are one record: ask whether they are one young person."
      >
        {({ personId, told: { personRef, record: reference, referrals } }) => (
          <>
            <bdi>{personRef}</bdi>
            {!isPreview && <> ({record(personId, reference)})</>}:{' '}
            {referrals.map(({ referral, place }, n) => (
              <>
                {n > 0 && ' and '}
                <bdi>{referral}</bdi> ({place})
              </>
            ))}
          </>
        )}
      </FindingList>
      <FindingList
        heading="Support that goes on here"
        found={findings.continued}
        called="episode of support"
        plural="episodes of support"
        about="A provider here took it over, and the file says that it has ended. What is recorded here stands: ask the provider, who closes it here if it has."
      >
        {({ personId, told }) => (
          <>
            {record(personId, told.record)}: <bdi>{told.referral}</bdi> ({told.place})
          </>
        )}
      </FindingList>
    </>
  );
}

function FindingList<Each>({
  heading,
  found: { count, kept },
  called,
  plural = `${called}s`,
  about,
  children,
}: {
  heading: string;
  found: Found<Each>;
  called: string;
  plural?: string;
  about: string;
  children: (each: Found<Each>['kept'][number]) => ComponentChildren;
}) {
  if (count === 0) return null;
  const others = count - kept.length;
  const list = (some: typeof kept) => (
    <ul class="govuk-list govuk-list--bullet">
      {some.map((each) => (
        <li>{children(each)}</li>
      ))}
    </ul>
  );
  return (
    <>
      <h2 class="govuk-heading-m">{heading}</h2>
      <p class="govuk-body">
        {count === 1 ? counted(1, called) : `${count.toLocaleString('en-GB')} ${plural}`}. {about}
      </p>
      {list(kept.slice(0, SHOWN_AT_ONCE))}
      {kept.length > SHOWN_AT_ONCE && (
        <Details summaryText={`The other ${(kept.length - SHOWN_AT_ONCE).toLocaleString('en-GB')}`}>
          {list(kept.slice(SHOWN_AT_ONCE))}
        </Details>
      )}
      {others > 0 && <p class="govuk-body">{others.toLocaleString('en-GB')} more cannot be listed.</p>}
    </>
  );
}

/** How many are shown before somebody asks for the others. */
const SHOWN_AT_ONCE = 20;
