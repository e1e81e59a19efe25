import { z } from 'zod';
import { bornInWords, fullName, personAddress } from '../../people/index.ts';
import type { Entry } from '../../platform/forms/entry.ts';
import type { Fault } from '../../platform/forms/fault.ts';
import { choice, choices, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { TextQuestion } from '../../platform/forms/questions.tsx';
import { Button, Checkboxes, SummaryList, Tag, WarningText } from '../../platform/govuk/index.ts';
import { type Answer, missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { ethnicities, genders, wordFor } from '../../reference/code-lists.ts';
import {
  linkPerson,
  linkPersonByReference,
  makePersonOfReferral,
  type Outcome,
  setPersonApart,
} from '../deciding-commands.ts';
import { type LikelyMatch, likelyMatches, recordLooksAtMatches } from '../match-queries.ts';
import { stageAllows } from '../referral.ts';
import { type CoordinatedReferral, lookAtReferral } from '../referral-queries.ts';
import { referralAddress } from './referral-address.ts';
import { ReferralHeading } from './referral-heading.tsx';

const answers = ['link', 'set-apart', 'link-by-reference', 'make'] as const;

/** Each of the page's forms says one of these; what belongs to the others is not sent. */
const matchForm = z.object({
  answer: choice(answers, 'Choose what to do'),
  person: z.uuid().optional().catch(undefined),
  reference: text({ called: 'The reference', most: 40 }),
  /** The people the page showed, for whoever says that it is none of them. */
  seen: text({ called: 'The people shown', most: 2000 }),
  noneOfThem: choices(['yes'], 'Tick the box or leave it empty'),
  version: z.coerce.number().int().catch(0),
});

/** Whether a young person who is referred is known: people on record who may be them, and what to do about it. */
export const matchPage = page({
  path: '/referrals/:referral/match',
  for: ['coordinator'],
  params: z.object({ referral: z.uuid() }),
  form: matchForm,
  async get({ tx, params, service, entry }) {
    const referral = await lookAtReferral(tx, params.referral);
    if (!referral) return missing();
    const backTo = referralAddress(referral.id);
    const typed = entry();
    if (!stageAllows(referral.state.stage, 'person-linked')) {
      return show(
        'The match cannot be changed now',
        <>
          <Faults entry={typed} />
          <ReferralHeading
            title="The match cannot be changed now"
            referral={referral}
            now={service.clock.now()}
          />
          <p class="govuk-body">The referral has been decided.</p>
        </>,
        { backTo },
      );
    }
    const matches = await likelyMatches(tx, referral);
    await recordLooksAtMatches(tx, matches);
    const title = 'Match the young person';
    return show(
      title,
      <>
        <Faults entry={typed} />
        <ReferralHeading title={title} referral={referral} now={service.clock.now()} />
        <Told referral={referral} />
        <h2 class="govuk-heading-m">Who this may be</h2>
        {matches.length === 0 && (
          <p class="govuk-body">Nobody on record, in any area, is like the young person of this referral.</p>
        )}
        {matches.map((match) => (
          <Match key={match.personId} match={match} referral={referral} />
        ))}
        <AnotherRecord referral={referral} entry={typed} />
        <NewRecord referral={referral} matches={matches} entry={typed} />
      </>,
      { backTo },
    );
  },
  async post({ tx, asker, service, params }, form) {
    const acting = { asker, clock: service.clock };
    const { referral } = params;
    switch (form.answer) {
      case 'set-apart': {
        if (form.person === undefined) return missing();
        const done = await setPersonApart(tx, acting, referral, form.person);
        return answered(
          done,
          { field: 'person', control: `match-${form.person}` },
          referralAddress(referral, 'match'),
          'It is recorded that this is somebody else',
        );
      }
      case 'link': {
        if (form.person === undefined) return missing();
        const done = await linkPerson(tx, acting, referral, form.person, form.version);
        return answered(
          done,
          { field: 'person', control: `match-${form.person}` },
          referralAddress(referral),
          LINKED,
        );
      }
      case 'link-by-reference': {
        if (form.reference === '')
          return refuse({ field: 'reference', message: 'Enter the reference of the record' });
        const done = await linkPersonByReference(tx, acting, referral, form.reference, form.version);
        return answered(done, { field: 'reference' }, referralAddress(referral), LINKED);
      }
      case 'make': {
        const seen = form.seen === '' ? [] : form.seen.split(' ');
        if (seen.length > 0 && form.noneOfThem.length === 0) {
          return refuse({
            field: 'noneOfThem',
            message: 'Say that none of the people above is this young person, or link one of them',
          });
        }
        const done = await makePersonOfReferral(tx, acting, referral, seen, form.version);
        return answered(
          done,
          { field: 'make' },
          referralAddress(referral),
          'A new record is made and linked',
        );
      }
    }
  },
});

const LINKED = 'The referral is linked to the record';

function answered(done: Outcome, at: Omit<Fault, 'message'>, to: string, notice: string): Answer {
  if (done.outcome === 'missing') return missing();
  if (done.outcome === 'refused') return refuse({ ...at, message: done.why });
  return redirect(to, { notice });
}

function Told({ referral }: { referral: CoordinatedReferral }) {
  const rows = [
    ['Name', fullName(referral)],
    ...(referral.knownAs === '' ? [] : [['Known as', referral.knownAs]]),
    ['Date of birth', bornInWords(referral)],
    ['Gender', wordFor(genders, referral.gender)],
    ['Ethnicity', wordFor(ethnicities, referral.ethnicity)],
    ['Postcode', referral.postcode === '' ? 'Not known' : referral.postcode],
    ['Responsible borough', referral.areaName],
  ];
  return (
    <SummaryList
      card={{ title: { text: 'In the referral' } }}
      rows={rows.map(([key, value]) => ({ key: { text: key }, value: { text: <bdi>{value}</bdi> } }))}
    />
  );
}

function Match({ match, referral }: { match: LikelyMatch; referral: CoordinatedReferral }) {
  const name = fullName(match);
  const { state, version } = referral;
  const isLinked = state.personId === match.personId;
  const isApart = state.setApart.includes(match.personId);
  return (
    <section class="hw-note" aria-labelledby={`match-${match.personId}`}>
      <h3 class="govuk-heading-s" id={`match-${match.personId}`}>
        <bdi>{name}</bdi>
        {match.knownAs !== '' && (
          <>
            , known as <bdi>{match.knownAs}</bdi>
          </>
        )}
        {isLinked && (
          <>
            {' '}
            <Tag classes="govuk-tag--green">Linked</Tag>
          </>
        )}
        {isApart && (
          <>
            {' '}
            <Tag classes="govuk-tag--grey">Somebody else</Tag>
          </>
        )}
      </h3>
      <p class="govuk-body">
        {match.reference === null
          ? `Born in ${match.birthYear ?? 'a year not known'}`
          : `Born ${bornInWords(match)}`}
        , {match.areaName}
        {match.postcode !== '' && `, ${match.postcode}`}
        {match.reference !== null && (
          <>
            ,{' '}
            <a class="govuk-link hw-reference" href={personAddress(match.personId)}>
              {match.reference}
            </a>
          </>
        )}
      </p>
      <Why match={match} />
      {match.reference === null && (
        <p class="govuk-body">
          This record is outside your areas: you cannot open or link it.{' '}
          {match.ask === '' ? (
            'Its area has no coordinator: ask the operations manager.'
          ) : (
            <>
              Ask <bdi>{match.ask}</bdi>.
            </>
          )}
        </p>
      )}
      {!isLinked && (
        <Form>
          <input type="hidden" name="version" value={version} />
          <input type="hidden" name="person" value={match.personId} />
          <div class="govuk-button-group">
            {match.reference !== null && (
              <Button name="answer" value="link">
                This is them <span class="govuk-visually-hidden">{`${name}, ${match.reference}`}</span>
              </Button>
            )}
            {!isApart && (
              <Button name="answer" value="set-apart" classes="govuk-button--secondary">
                Somebody else <span class="govuk-visually-hidden">{`than ${name}, ${match.areaName}`}</span>
              </Button>
            )}
          </div>
        </Form>
      )}
    </section>
  );
}

function Why({ match: { likeness } }: { match: LikelyMatch }) {
  const { reasons, differences } = likeness;
  return (
    <>
      {reasons.length > 0 && (
        <ul class="govuk-list govuk-list--bullet">
          {reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
      {differences.length > 0 && (
        <>
          <p class="govuk-body">But:</p>
          <ul class="govuk-list govuk-list--bullet">
            {differences.map((difference) => (
              <li key={difference}>{difference}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function AnotherRecord({ referral, entry }: { referral: CoordinatedReferral; entry: Entry }) {
  return (
    <Form>
      <h2 class="govuk-heading-m">A record you found by searching</h2>
      <input type="hidden" name="version" value={referral.version} />
      <TextQuestion
        name="reference"
        label="Reference of the record"
        hint="Like HW-23BC-DF45"
        entry={entry}
        width="short"
      />
      <Button name="answer" value="link-by-reference" classes="govuk-button--secondary">
        Link this record
      </Button>
    </Form>
  );
}

interface NewRecordProps {
  referral: CoordinatedReferral;
  matches: readonly LikelyMatch[];
  entry: Entry;
}

function NewRecord({ referral, matches, entry }: NewRecordProps) {
  const fault = entry.fault('noneOfThem');
  return (
    <Form>
      <h2 class="govuk-heading-m">Nobody on record</h2>
      {matches.length > 0 && (
        <WarningText>
          Two records of one young person hide what is known from those who keep them safe. Make a new one
          only if you are sure.
        </WarningText>
      )}
      <input type="hidden" name="version" value={referral.version} />
      <input type="hidden" name="seen" value={matches.map(({ personId }) => personId).join(' ')} />
      {matches.length > 0 && (
        <Checkboxes
          name="noneOfThem"
          errorMessage={fault === undefined ? undefined : { text: fault }}
          items={[{ value: 'yes', text: 'None of the people above is this young person' }]}
        />
      )}
      <Button id="make" name="answer" value="make" classes="govuk-button--secondary">
        Make a new record
      </Button>
    </Form>
  );
}
