import { z } from 'zod';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate, formatLondon, londonDate } from '../../platform/clock/london-time.ts';
import { ageOn, type PlainDate } from '../../platform/clock/plain-date.ts';
import { choice } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { ChoiceQuestion } from '../../platform/forms/questions.tsx';
import { Button, InsetText, SummaryList, WarningText } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { decideDisposal } from '../disposal-commands.ts';
import { type Extent, extentOf, findRequest, recordedSince } from '../disposal-queries.ts';
import { groundInWords, stillOpenInWords } from '../retention.ts';
import { disposalAddress } from './disposal-address.ts';

/** The second person's word. */
export const decidePage = page({
  path: '/disposal/requests/:request',
  for: ['data-protection-lead', 'operations-manager'],
  params: z.object({ request: z.uuid() }),
  form: z.object({ decision: choice(['approve', 'refuse'], 'Choose whether the record is to go') }),
  // It cannot be undone, so it takes more than a session that was left open.
  provedWithin: 15,
  async get({ tx, asker, service, params, entry }) {
    const request = await findRequest(tx, params.request);
    if (!request || request.carriedOutAt) return missing();
    const extent = await extentOf(tx, request.id);
    if (!extent) return missing();
    await recordLook(tx, {
      action: 'view-disposal',
      subject: { kind: 'disposal', id: request.id },
      personId: request.kind === 'person' ? request.subjectId : null,
    });
    const since = await recordedSince(tx, request.id);
    const shown = entry();
    const title = `Dispose of ${request.reference}?`;
    const decided = request.approvedAt ?? request.refusedAt;
    return show(
      title,
      <>
        <Faults entry={shown} />
        <h1 class="govuk-heading-l">{title}</h1>
        <SummaryList
          rows={[
            { key: { text: 'Why' }, value: { text: groundInWords(request.ground) } },
            {
              key: { text: 'Note' },
              value: {
                text: (
                  <span class="hw-text" dir="auto">
                    {request.note === '' ? 'None' : request.note}
                  </span>
                ),
              },
            },
            {
              key: { text: 'Proposed by' },
              value: { text: <span dir="auto">{request.requestedByName}</span> },
            },
            { key: { text: 'Proposed' }, value: { text: formatLondon(request.requestedAt) } },
            ...whatGoes(extent, londonDate(service.clock.now())).map(([key, value]) => ({
              key: { text: key },
              value: { text: value },
            })),
            {
              key: { text: 'Recorded or changed since it was proposed' },
              value: { text: since.length === 0 ? 'Nothing' : since.map(inWords).join(', ') },
            },
          ]}
        />
        {request.open.length > 0 && (
          <InsetText>This record cannot go yet: {stillOpenInWords(request.open)}.</InsetText>
        )}
        {request.isHeld && (
          <InsetText>This record is under a legal hold. It cannot go until the hold is lifted.</InsetText>
        )}
        {decided ? (
          <p class="govuk-body">
            <span dir="auto">{request.decidedByName}</span> {request.approvedAt ? 'approved' : 'refused'} this
            on {formatLondon(decided)}.
          </p>
        ) : request.requestedBy === asker.accountId ? (
          <p class="govuk-body">You proposed this disposal, so somebody else has to decide.</p>
        ) : (
          <Form>
            <WarningText iconFallbackText="Warning">
              Approving destroys the record and every earlier version of it. Nobody can bring it back.
            </WarningText>
            <ChoiceQuestion
              name="decision"
              label="Is the record to go?"
              entry={shown}
              options={[
                { value: 'approve', text: 'Yes, destroy it' },
                { value: 'refuse', text: 'No, keep it' },
              ]}
            />
            <Button preventDoubleClick>Decide</Button>
          </Form>
        )}
      </>,
      { backTo: disposalAddress() },
    );
  },
  async post({ tx, asker, service, params }, { decision }) {
    const decided = await decideDisposal(tx, asker, params.request, decision, service.clock.now());
    if (!decided.done) return refuse({ field: 'decision', message: decided.why });
    return redirect(disposalAddress(), {
      notice:
        decision === 'approve'
          ? 'The disposal is approved'
          : 'The disposal is refused, and the record is kept',
    });
  },
});

/** Whose record it is and how much of it there is, without saying who. */
function whatGoes(extent: Extent, today: PlainDate): [string, string][] {
  return [
    ['Age now', String((extent.born && ageOn(extent.born, today)) ?? 'Not known')],
    ['Support ended', extent.supportEndedOn === null ? 'Never supported' : formatDate(extent.supportEndedOn)],
    ['Referrals', String(extent.referrals)],
    ['Allocations', String(extent.allocations)],
    ['Case notes', String(extent.notes)],
    ['Contacts', String(extent.contacts)],
    ['Plans, needs and goals', String(extent.plans)],
    ['Safeguarding concerns', String(extent.concerns)],
    ['Files', String(extent.files)],
  ];
}

/** A table's entries, by its name: so a new one is told of without being listed here. */
const inWords = ({ what, times }: { what: string; times: number }): string =>
  `${what.replaceAll('_', ' ')}: ${times}`;
