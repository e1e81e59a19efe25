import { randomUUID } from 'node:crypto';
import { answerDueOn } from '../../data-protection/index.ts';
import { addDays } from '../../platform/clock/plain-date.ts';
import { type Cast, named, type Teller } from './teller.ts';

/** The data protection lead's work, a restricted record, and records that were opened in an emergency. */
export async function tellInformationRights(teller: Teller, cast: Cast): Promise<void> {
  await tellRightsRequests(teller, cast);
  await tellBreaches(teller, cast);
  await tellRestriction(teller, cast);
  await tellOpenings(teller, cast);
  await tellDisposal(teller, cast);
}

async function tellRightsRequests({ insert, as, today }: Teller, cast: Cast): Promise<void> {
  const { dataProtectionLead, supported } = cast;
  const about = named(supported, 'Yıldız');
  const dueOn = (days: number) =>
    answerDueOn({ receivedOn: addDays(today, days), identityCheckedOn: null, isExtended: false });
  await as(dataProtectionLead);
  const requestId = randomUUID();
  await insert('service.rights_request', {
    id: requestId,
    person_id: about.personId,
    kind: 'access',
    received_on: addDays(today, -11),
    asked_by: 'solicitor',
    from_whom: 'A solicitor for him, by secure email, with his signed authority',
    what: 'A copy of everything that is held about him, for the proceedings.',
    identity_checked_on: addDays(today, -10),
    identity_how: 'Rang the firm on its published number, and him on the number that is safe.',
    due_on: dueOn(-10),
  });
  await insert('service.redaction_mark', {
    rights_request_id: requestId,
    person_id: about.personId,
    passage: 'youth justice worker',
    decision: 'redact',
    reason: 'third-party',
  });
  await insert('service.rights_request', {
    person_id: named(supported, 'Adeyemi-Clarke').personId,
    kind: 'correction',
    received_on: addDays(today, -40),
    asked_by: 'themselves',
    from_whom: 'Herself, in a meeting with her worker',
    what: 'The referral says that she rented a flat. She was asked to, and said no.',
    identity_checked_on: addDays(today, -40),
    identity_how: 'Her worker knows her.',
    due_on: dueOn(-40),
    stage: 'answered',
    outcome: 'granted',
    decision: 'Her words stand beside those of the referral, and the borough is told. We thanked her.',
    answered_on: addDays(today, -33),
  });
  await insert('service.rights_request', {
    kind: 'complaint',
    received_on: addDays(today, -6),
    asked_by: 'parent-or-carer',
    from_whom: 'A mother, by letter to the office',
    what: 'She was not told that a photograph of a message was kept.',
    acknowledged_on: addDays(today, -5),
    due_on: dueOn(-6),
  });
}

async function tellBreaches({ insert, as, at, today }: Teller, { dataProtectionLead }: Cast): Promise<void> {
  await as(dataProtectionLead);
  await insert('service.data_breach', {
    discovered_at: at(24, 9),
    what: 'A letter about an appointment was posted to an earlier address. It named the service and no young person. The new occupier brought it back unopened.',
    people: 1,
    risk: 'unlikely',
    ico_why: 'It came back unopened within two days, so no risk to anybody is likely.',
    people_told_on: addDays(today, -22),
    actions:
      'The address was struck out. The team writes to nobody whose safe contact says no post, and the page now says so above the address.',
    closed_on: addDays(today, -17),
  });
  await insert('service.data_breach', {
    discovered_at: at(1, 15),
    what: 'A printed list of this week’s visits was left on a train. It has initials and times, and no names or addresses.',
    people: 4,
    risk: 'not-known',
    actions: 'The train company’s lost property office was rung. The four young people’s workers know.',
  });
}

/** A record that only those who must may open: her aunt works for the borough. */
async function tellRestriction({ call, as }: Teller, { supported }: Cast): Promise<void> {
  const { personId, coordinator, worker, provider } = named(supported, 'Castellan-Brooks');
  await as(coordinator);
  await call('select need_to_know.restrict_record($1, $2, $3)', [
    personId,
    'A relative works in the borough’s front door and could open her record. She asked that nobody there can.',
    [worker.id, provider.managing.id, coordinator.id],
  ]);
}

async function tellOpenings({ insert, as, at }: Teller, cast: Cast): Promise<void> {
  const { supported, providers, dataProtectionLead } = cast;
  const opener = providers[2]?.caseworkers[1];
  if (!opener) return;
  for (const [familyName, ground, reason, hoursOpen, daysAgo, note] of [
    [
      "O'Rourke",
      'hospital',
      'A ward rang our duty line: she was brought in and asked for her worker, who did not answer.',
      1,
      16,
      'The call is in the duty log, and her worker was told within the hour.',
    ],
    [
      'Yıldız',
      'police-request',
      'A custody sergeant rang at night: he asked for his worker, and had no number.',
      1,
      1,
      null,
    ],
  ] as const) {
    const { personId } = named(supported, familyName);
    const openedAt = at(daysAgo, 22);
    await as(opener);
    await insert('service.record_opening', {
      person_id: personId,
      account_id: opener.id,
      role: opener.role,
      organisation_id: opener.organisationId,
      ground,
      reason,
      opened_at: openedAt,
      until: new Date(openedAt.getTime() + hoursOpen * 3_600_000),
      ...(note === null
        ? {}
        : {
            reviewed_by: dataProtectionLead.id,
            reviewed_at: at(daysAgo - 1, 10),
            finding: 'justified',
            review_note: note,
          }),
    });
  }
}

/** A record that a court may need, and a referral that should not have been recorded: a second person is to decide. */
async function tellDisposal({ call, as }: Teller, cast: Cast): Promise<void> {
  const { dataProtectionLead, operations, referred, supported } = cast;
  await as(dataProtectionLead);
  await call(
    `insert into disposal.legal_hold (subject_kind, subject_id, reference, reason, placed_by)
     select 'person', id, reference, $2, $3 from service.person where id = $1`,
    [
      named(supported, 'Yıldız').personId,
      'The proceedings, by the solicitor’s letter',
      dataProtectionLead.id,
    ],
  );
  const twice = referred.find(({ story }) => story.stage === 'declined');
  await as(operations);
  await call(
    `insert into disposal.request (subject_kind, subject_id, reference, ground, note, requested_by)
     select 'referral', id, reference, 'recorded-in-error', $2, $3 from service.referral where id = $1`,
    [
      twice?.referralId,
      'Sent twice by the same school on one day. The other one was decided.',
      operations.id,
    ],
  );
}
