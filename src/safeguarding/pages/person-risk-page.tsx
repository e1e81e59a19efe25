import { z } from 'zod';
import { findPerson, mayWriteAbout, type PersonSection, personAddress } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate, formatLondon, londonDate } from '../../platform/clock/london-time.ts';
import type { PlainDate } from '../../platform/clock/plain-date.ts';
import type { Role } from '../../platform/database/transaction.ts';
import { Button, Pagination, SummaryList, Tag } from '../../platform/govuk/index.ts';
import { type Answer, missing, page, show } from '../../platform/http/page.ts';
import { wordFor } from '../../reference/code-lists.ts';
import { riskColour, riskFieldInWords, riskLevels } from '../risk.ts';
import { type RiskAssessment, risksOf } from '../risk-queries.ts';
import { riskAddress } from '../safeguarding-addresses.ts';
import { About, DueDay, Typed } from './concern-ground.tsx';

const A_PAGE = 20;

/** Who reads how great a risk is. */
export const readersOfRisk = [
  'caseworker',
  'provider-manager',
  'operations-manager',
] as const satisfies readonly Role[];

/** Who judges it. */
export const assessorsOfRisk = ['caseworker', 'provider-manager'] as const satisfies readonly Role[];

/** How great the risk is now, on a young person's page. */
export const riskSection: PersonSection = {
  for: readersOfRisk,
  async show({ tx, service, person, mayWrite }) {
    const { risks } = await risksOf(tx, person.id, { most: 1 });
    const [now] = risks;
    return (
      <>
        <h2 class="govuk-heading-m">Risk</h2>
        {now ? (
          <p class="govuk-body">
            <Level risk={now} />
            {person.diedOn === null && (
              <>
                , to be looked at again by{' '}
                <DueDay on={now.reviewOn} today={londonDate(service.clock.now())} />
              </>
            )}
            .{' '}
            <a class="govuk-link" href={riskAddress(person.id)}>
              Reasons and what is being done
            </a>
          </p>
        ) : (
          <p class="govuk-body">
            Nobody has assessed it yet.
            {mayWrite && (
              <>
                {' '}
                <a class="govuk-link" href={riskAddress(person.id, 'new')}>
                  Assess the risk
                </a>
              </>
            )}
          </p>
        )}
      </>
    );
  },
};

/** How great the risk to a young person is, and was. */
export const personRiskPage = page({
  path: '/people/:person/risk',
  for: readersOfRisk,
  params: z.object({ person: z.uuid() }),
  query: z.object({ before: z.uuid().optional().catch(undefined) }),
  async get({ tx, asker, service, params, query }): Promise<Answer> {
    const person = await findPerson(tx, params.person);
    if (!person) return missing();
    await recordLook(tx, {
      action: 'view-risk',
      subject: { kind: 'person', id: person.id },
      personId: person.id,
    });
    const { risks, more } = await risksOf(tx, person.id, { before: query.before, most: A_PAGE });
    const today = londonDate(service.clock.now());
    const isFirst = query.before === undefined;
    const [now, ...earlier] = isFirst ? risks : [undefined, ...risks];
    const last = more ? risks.at(-1) : undefined;
    const isAssessor = await mayWriteAbout(tx, asker, person.id);
    const mayCorrect = (risk: RiskAssessment) => isAssessor && risk.organisationId === asker.organisationId;
    return show(
      'Risk',
      <>
        <h1 class="govuk-heading-l">Risk</h1>
        <About person={person} />
        {isAssessor && isFirst && <Button href={riskAddress(person.id, 'new')}>Assess the risk</Button>}
        {isFirst && !now && (
          <p class="govuk-body">
            Nobody has assessed it yet. Say how great the risk is, why, and when to look at it again.
          </p>
        )}
        {now && (
          <>
            <h2 class="govuk-heading-m">Now</h2>
            <Assessment risk={now} today={today} mayCorrect={mayCorrect(now)} isNow />
          </>
        )}
        {earlier.length > 0 && <h2 class="govuk-heading-m">Earlier, the latest first</h2>}
        {earlier.map(
          (risk) =>
            risk && (
              <Assessment
                key={risk.id}
                risk={risk}
                today={today}
                mayCorrect={mayCorrect(risk)}
                isNow={false}
              />
            ),
        )}
        {(!isFirst || last) && (
          <Pagination
            previous={isFirst ? undefined : { href: riskAddress(person.id), text: 'Back to the latest' }}
            next={
              last && {
                href: personRiskPage.url({ person: person.id }, { before: last.id }),
                text: 'Show older',
              }
            }
          />
        )}
      </>,
      { backTo: personAddress(person.id) },
    );
  },
});

function Level({ risk: { level } }: { risk: RiskAssessment }) {
  return <Tag classes={riskColour[level]}>{wordFor(riskLevels, level)}</Tag>;
}

function Assessment({
  risk,
  today,
  mayCorrect,
  isNow,
}: {
  risk: RiskAssessment;
  today: PlainDate;
  mayCorrect: boolean;
  isNow: boolean;
}) {
  return (
    <section class="hw-note" aria-labelledby={`risk-${risk.id}`}>
      <h3 class="govuk-heading-s govuk-!-margin-bottom-1" id={`risk-${risk.id}`}>
        <Level risk={risk} /> on {formatLondon(risk.assessedAt)}
      </h3>
      <p class="hw-note__meta">
        <bdi>{risk.assessedByName}</bdi>, <bdi>{risk.organisationName}</bdi>
        {risk.version > 1 && <>. Corrected {formatLondon(risk.recordedAt)}</>}
      </p>
      <SummaryList
        classes="govuk-summary-list--no-border"
        rows={[
          { key: { text: riskFieldInWords.reasons }, value: { text: <Typed>{risk.reasons}</Typed> } },
          risk.protective !== '' && {
            key: { text: riskFieldInWords.protective },
            value: { text: <Typed>{risk.protective}</Typed> },
          },
          risk.beingDone !== '' && {
            key: { text: riskFieldInWords.beingDone },
            value: { text: <Typed>{risk.beingDone}</Typed> },
          },
          {
            key: { text: riskFieldInWords.reviewOn },
            value: { text: isNow ? <DueDay on={risk.reviewOn} today={today} /> : formatDate(risk.reviewOn) },
          },
        ]}
      />
      {mayCorrect && (
        <p class="govuk-body">
          <a class="govuk-link" href={riskAddress(risk.personId, risk.id, 'correct')}>
            Correct this
            <span class="govuk-visually-hidden"> assessment of {formatLondon(risk.assessedAt)}</span>
          </a>
        </p>
      )}
      {risk.version > 1 && (
        <p class="govuk-body">
          <a class="govuk-link" href={riskAddress(risk.personId, risk.id)}>
            What it said before it was corrected
            <span class="govuk-visually-hidden"> (assessment of {formatLondon(risk.assessedAt)})</span>
          </a>
        </p>
      )}
    </section>
  );
}
