import { z } from 'zod';
import { dueOn, thresholdsOn } from '../../organisations/index.ts';
import { findPerson, findPersonToWriteAbout } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { formatLondon, londonDate } from '../../platform/clock/london-time.ts';
import { amendmentShape, changedMeanwhile, choicesIn } from '../../platform/forms/amendment.tsx';
import { Faults } from '../../platform/forms/form.tsx';
import { Button, Details } from '../../platform/govuk/index.ts';
import { changesOf } from '../../platform/history/changes.ts';
import { versionsOfDocument } from '../../platform/history/document.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { riskDocument, riskFieldInWords, riskFields, riskValueInWords, whyNotReviewOn } from '../risk.ts';
import { assessRisk, correctRisk } from '../risk-commands.ts';
import { findRisk } from '../risk-queries.ts';
import { riskAddress } from '../safeguarding-addresses.ts';
import { About } from './concern-ground.tsx';
import { assessorsOfRisk, readersOfRisk } from './person-risk-page.tsx';
import { dayAsTyped, RiskForm, riskAsTyped, riskControls, riskShape } from './risk-form.tsx';

/** Says how great the risk to a young person is, why, and when to look at it again. */
export const assessRiskPage = page({
  path: '/people/:person/risk/new',
  for: assessorsOfRisk,
  params: z.object({ person: z.uuid() }),
  form: z.object(riskShape),

  async get({ tx, asker, service, params, entry }) {
    const person = await findPersonToWriteAbout(tx, asker, params.person);
    if (!person) return missing();
    await recordLook(tx, {
      action: 'view-person',
      subject: { kind: 'person', id: person.id },
      personId: person.id,
    });
    const today = londonDate(service.clock.now());
    const latest = dueOn(today, (await thresholdsOn(tx, today))['risk-review']);
    const typed = entry(dayAsTyped('reviewOn', latest));
    return show(
      'Assess the risk',
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">Assess the risk</h1>
        <About person={person} />
        <RiskForm entry={typed} latest={latest}>
          <div class="govuk-button-group">
            <Button>Save</Button>
            <a class="govuk-link" href={riskAddress(person.id)}>
              Cancel
            </a>
          </div>
        </RiskForm>
      </>,
      { backTo: riskAddress(person.id) },
    );
  },

  async post({ tx, asker, service, params }, { level, reasons, protective, beingDone, reviewOn }) {
    const person = await findPersonToWriteAbout(tx, asker, params.person);
    if (!person || reviewOn === null) return missing();
    const today = londonDate(service.clock.now());
    const why = whyNotReviewOn(reviewOn, today, (await thresholdsOn(tx, today))['risk-review']);
    if (why !== undefined) return refuse({ field: 'reviewOn', control: 'reviewOn-day', message: why });
    await assessRisk(tx, { asker, clock: service.clock }, person.id, {
      level,
      reasons,
      protective,
      beingDone,
      reviewOn,
    });
    return redirect(riskAddress(person.id), { notice: 'The assessment is saved' });
  },
});

/** Corrects what an assessment says: a risk that has changed is assessed anew. */
export const correctRiskPage = page({
  path: '/people/:person/risk/:assessment/correct',
  for: assessorsOfRisk,
  params: z.object({ person: z.uuid(), assessment: z.uuid() }),
  form: z.object({ ...riskShape, ...amendmentShape(riskFields) }),

  async get({ tx, asker, service, params, entry }) {
    const person = await findPersonToWriteAbout(tx, asker, params.person);
    const risk = person && (await findRisk(tx, params.assessment));
    // The database refuses the correction of another provider's; its form is not offered either.
    if (!person || !risk || risk.personId !== person.id || risk.organisationId !== asker.organisationId)
      return missing();
    await recordLook(tx, {
      action: 'view-risk',
      subject: { kind: 'risk-assessment', id: risk.id },
      personId: person.id,
    });
    const assessedOn = londonDate(risk.assessedAt);
    const latest = dueOn(
      assessedOn,
      (await thresholdsOn(tx, londonDate(service.clock.now())))['risk-review'],
    );
    const typed = entry({ ...riskAsTyped(risk), version: String(risk.version) });
    return show(
      'Correct the assessment',
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">Correct the assessment</h1>
        <About person={person} />
        <p class="govuk-body">
          If the risk has changed,{' '}
          <a class="govuk-link" href={riskAddress(person.id, 'new')}>
            assess it anew
          </a>
          . Here you correct what was written by mistake on {formatLondon(risk.assessedAt)}; what it says now
          is kept.
        </p>
        <RiskForm entry={typed} latest={latest}>
          <input type="hidden" name="version" value={typed.value('version')} />
          <div class="govuk-button-group">
            <Button>Save</Button>
            <a class="govuk-link" href={riskAddress(person.id)}>
              Cancel
            </a>
          </div>
        </RiskForm>
      </>,
      { backTo: riskAddress(person.id) },
    );
  },

  async post({ tx, asker, service, params, entry }, form) {
    const person = await findPersonToWriteAbout(tx, asker, params.person);
    const risk = person && (await findRisk(tx, params.assessment));
    if (!person || !risk || risk.personId !== person.id || form.reviewOn === null) return missing();
    const { level, reasons, protective, beingDone, reviewOn } = form;
    const thresholds = await thresholdsOn(tx, londonDate(service.clock.now()));
    const why = whyNotReviewOn(reviewOn, londonDate(risk.assessedAt), thresholds['risk-review']);
    if (why !== undefined) return refuse({ field: 'reviewOn', control: 'reviewOn-day', message: why });
    const outcome = await correctRisk(tx, risk.id, {
      version: form.version,
      seen: form.seen,
      values: () => ({ level, reasons, protective, beingDone, reviewOn }),
      choices: choicesIn(riskFields, form),
    });
    switch (outcome.kind) {
      case 'missing':
        return missing();
      case 'nothing-changed':
        return redirect(riskAddress(person.id), { notice: 'Nothing was changed' });
      case 'saved':
        return redirect(riskAddress(person.id), { notice: 'The assessment is corrected' });
      case 'changed-meanwhile':
        await recordLook(tx, {
          action: 'view-risk',
          subject: { kind: 'risk-assessment', id: risk.id },
          personId: person.id,
        });
        return changedMeanwhile({
          called: 'this assessment',
          outcome,
          entry: entry(),
          controls: riskControls,
          fieldInWords: riskFieldInWords,
          valueInWords: riskValueInWords,
          seen: form.seen,
          leaveTo: riskAddress(person.id),
        });
    }
  },
});

/** What was corrected in an assessment, and by whom. */
export const riskVersionsPage = page({
  path: '/people/:person/risk/:assessment',
  for: readersOfRisk,
  params: z.object({ person: z.uuid(), assessment: z.uuid() }),
  async get({ tx, params }) {
    const person = await findPerson(tx, params.person);
    const risk = person && (await findRisk(tx, params.assessment));
    if (!person || !risk || risk.personId !== person.id) return missing();
    await recordLook(tx, {
      action: 'view-risk',
      subject: { kind: 'risk-assessment', id: risk.id },
      personId: person.id,
    });
    const changes = changesOf(await versionsOfDocument(tx, riskDocument, risk.id));
    return show(
      'What was corrected',
      <>
        <h1 class="govuk-heading-l">What was corrected</h1>
        <About person={person} />
        <p class="govuk-body">
          The assessment of <bdi>{risk.assessedByName}</bdi> on {formatLondon(risk.assessedAt)}.
        </p>
        {changes.length === 0 && <p class="govuk-body">Nothing: it reads as it was written.</p>}
        {changes.toReversed().map((change) => (
          <Details
            key={change.version}
            open
            summaryText={`${change.by ?? 'The service'}, ${formatLondon(change.at)}`}
          >
            {change.fields.map(({ field, from, to }) => (
              <p key={field} class="govuk-body hw-text" dir="auto">
                {riskFieldInWords[field]}: from “{riskValueInWords(field, from)}” to “
                {riskValueInWords(field, to)}”
              </p>
            ))}
          </Details>
        ))}
      </>,
      { backTo: riskAddress(person.id) },
    );
  },
});
