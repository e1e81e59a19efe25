import { z } from 'zod';
import { AboutPerson, findPerson, mayWriteAbout, personAddress } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { londonDate } from '../../platform/clock/london-time.ts';
import { Button, SummaryList } from '../../platform/govuk/index.ts';
import { missing, page, show } from '../../platform/http/page.ts';
import {
  isCurrent,
  type MemberField,
  memberInWords,
  memberKinds,
  memberValueInWords,
} from '../network-member.ts';
import { type NetworkMember, networkOf } from '../network-queries.ts';
import { editMemberPage } from './edit-member-page.tsx';
import { MayContactTag } from './may-contact-tag.tsx';
import { readersOfNetwork } from './network-readers.ts';
import { newMemberPage } from './new-member-page.tsx';
import { SafeContact, safeContactKnown } from './safe-contact.tsx';

/** Who is round a young person: those of now by what they are, then those of before. */
export const networkPage = page({
  path: '/people/:person/network',
  for: readersOfNetwork,
  params: z.object({ person: z.uuid() }),
  async get({ tx, asker, service, params }) {
    const person = await findPerson(tx, params.person);
    if (!person) return missing();
    await recordLook(tx, {
      action: 'view-network',
      subject: { kind: 'person', id: person.id },
      personId: person.id,
    });
    const members = await networkOf(tx, person.id);
    const known = await safeContactKnown(tx, asker, service, person.id);
    const today = londonDate(service.clock.now());
    const isWriter = await mayWriteAbout(tx, asker, person.id);
    const now = members.filter(({ values }) => isCurrent(values, today));
    const before = members.filter(({ values }) => !isCurrent(values, today));
    const mayChange = ({ organisationId }: NetworkMember) =>
      isWriter && organisationId === asker.organisationId;
    return show(
      'Network',
      <>
        <h1 class="govuk-heading-l">Network</h1>
        <AboutPerson person={person} />
        <SafeContact personId={person.id} known={known} mayWrite={isWriter} />
        {isWriter && <Button href={newMemberPage.url({ person: person.id })}>Add somebody</Button>}
        {now.length === 0 && <p class="govuk-body">Nobody is written down yet.</p>}
        {memberKinds.map(({ code, text }) => {
          const ofKind = now.filter(({ values }) => values.kind === code);
          return (
            ofKind.length > 0 && (
              <section key={code} aria-labelledby={`kind-${code}`}>
                <h2 class="govuk-heading-m" id={`kind-${code}`}>
                  {text}
                </h2>
                {ofKind.map((member) => (
                  <Member
                    key={member.id}
                    member={member}
                    personId={person.id}
                    mayChange={mayChange(member)}
                  />
                ))}
              </section>
            )
          );
        })}
        {before.length > 0 && (
          <section aria-labelledby="before">
            <h2 class="govuk-heading-m" id="before">
              Before
            </h2>
            {before.map((member) => (
              <Member key={member.id} member={member} personId={person.id} mayChange={mayChange(member)} />
            ))}
          </section>
        )}
      </>,
      { backTo: personAddress(person.id) },
    );
  },
});

const shownFields = [
  'agency',
  'phone',
  'email',
  'address',
  'parentalResponsibility',
  'livesWith',
  'fromOn',
  'untilOn',
  'contactWhy',
  'notes',
] as const satisfies readonly MemberField[];

function Member({
  member: { id, organisationName, values },
  personId,
  mayChange,
}: {
  member: NetworkMember;
  personId: string;
  mayChange: boolean;
}) {
  return (
    <>
      <h3 class="govuk-heading-s govuk-!-margin-bottom-1">
        <bdi>{values.name}</bdi>, <bdi>{values.relationship}</bdi>{' '}
        <MayContactTag mayContact={values.mayContact} />
      </h3>
      <SummaryList
        rows={[
          ...shownFields
            .filter((field) => values[field] !== '' && saysSomething(field, values[field]))
            .map((field) => ({
              key: { text: field === 'contactWhy' ? 'Why not to contact them' : memberInWords[field] },
              value: {
                text: (
                  <span class="hw-text" dir="auto">
                    {memberValueInWords(field, values[field])}
                  </span>
                ),
              },
            })),
          { key: { text: 'Written down by' }, value: { text: <bdi>{organisationName}</bdi> } },
        ]}
      />
      {mayChange && (
        <p class="govuk-body">
          <a class="govuk-link" href={editMemberPage.url({ person: personId, member: id })}>
            Change or end
            <span class="govuk-visually-hidden">
              : <bdi>{values.name}</bdi>
            </span>
          </a>
        </p>
      )}
    </>
  );
}

/** A “no” that goes without saying is left out: a teacher's parental responsibility. */
function saysSomething(field: MemberField, value: string): boolean {
  return !((field === 'parentalResponsibility' || field === 'livesWith') && value === 'no');
}
