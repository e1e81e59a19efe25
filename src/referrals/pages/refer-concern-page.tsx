import { recordLook } from '../../platform/audit/record.ts';
import { LongTextQuestion } from '../../platform/forms/questions.tsx';
import { InsetText } from '../../platform/govuk/index.ts';
import { page, refuse, show } from '../../platform/http/page.ts';
import { yesNoNotKnown } from '../../reference/code-lists.ts';
import { concernAsRead } from '../referral-answers.ts';
import { contactFault, readPart } from '../referral-draft.ts';
import {
  concernForm,
  firstResponders,
  missingAnswers,
  mostCharacters,
  type PartAnswers,
  questions,
} from '../referral-form.ts';
import { findDraft } from '../referrer-queries.ts';
import {
  backFrom,
  DraftPage,
  draftAt,
  draftParams,
  draftQuery,
  formVersion,
  saveAndGoOn,
  savedFields,
} from './draft-page.tsx';
import { ChoiceWithMore, TextOrNotKnown } from './referral-questions.tsx';

const asked = questions.concern;
const title = 'What you are worried about';

/** The third page of a referral: what is happening, and what has been done about it. */
export const referConcernPage = page({
  path: '/refer/:draft/concern',
  for: ['referrer'],
  params: draftParams,
  query: draftQuery,
  form: concernForm.safeExtend({ version: formVersion }),
  async get(visit) {
    const found = await draftAt(visit, 'concern');
    if ('instead' in found) return found.instead;
    const { draft } = found;
    await recordLook(visit.tx, {
      action: 'view-referral-draft',
      subject: { kind: 'referral-draft', id: draft.id },
      personId: null,
    });
    const kind = readPart(draft.content, 'you')?.kind ?? 'intervention';
    const entry = visit.entry(savedFields(draft, 'concern'));
    return show(
      title,
      <DraftPage
        part="concern"
        title={title}
        draft={draft}
        entry={entry}
        asRead={(saved) => concernAsRead(saved as PartAnswers['concern'], kind)}
      >
        <ChoiceWithMore
          name="safeNow"
          label={asked.safeNow}
          entry={entry}
          options={yesNoNotKnown}
          more={{
            no: (
              <InsetText>
                If they are in danger now, call{' '}
                <a class="govuk-link" href="tel:999">
                  999
                </a>{' '}
                before you go on. This page will keep.
              </InsetText>
            ),
          }}
        />
        <LongTextQuestion
          name="whatIsHappening"
          label={asked.whatIsHappening}
          hint="What was seen or said, by whom and when. Keep what you know apart from what you think"
          entry={entry}
          most={mostCharacters.whatIsHappening}
          rows={8}
        />
        <TextOrNotKnown
          name="whyCountyLines"
          label={asked.whyCountyLines}
          hint="Such as travel they cannot explain, new money or phones, debt, injuries, older friends, or drugs"
          entry={entry}
          most={mostCharacters.whyCountyLines}
        />
        <TextOrNotKnown
          name="peopleAndPlaces"
          label={asked.peopleAndPlaces}
          hint="Such as names, nicknames, towns, addresses, phone numbers, cars and trains. Only what is needed to protect somebody"
          entry={entry}
          most={mostCharacters.peopleAndPlaces}
        />
        <ChoiceWithMore
          name="missing"
          label={asked.missing}
          entry={entry}
          options={missingAnswers}
          more={{
            linked: (
              <LongTextQuestion
                name="missingDetails"
                label={asked.missingDetails}
                entry={entry}
                most={mostCharacters.missingDetails}
                rows={3}
              />
            ),
          }}
        />
        <ChoiceWithMore
          name="socialCareTold"
          label={asked.socialCareTold}
          hint="This referral does not tell them"
          entry={entry}
          options={yesNoNotKnown}
          more={{
            yes: (
              <LongTextQuestion
                name="socialCareWho"
                label={asked.socialCareWho}
                entry={entry}
                most={mostCharacters.socialCareWho}
                rows={2}
              />
            ),
          }}
        />
        <ChoiceWithMore
          name="nrm"
          label={asked.nrm}
          hint="This referral does not do so"
          entry={entry}
          options={yesNoNotKnown}
          more={{
            yes: (
              <ChoiceWithMore
                name="firstResponder"
                label={asked.firstResponder}
                entry={entry}
                options={firstResponders}
                more={{}}
              />
            ),
          }}
        />
        {kind === 'intervention' && (
          <TextOrNotKnown
            name="safeContact"
            label={asked.safeContact}
            hint="Which number, at what times, through whom. Say who must not know, and whether it is safe to ring, write or leave a message"
            entry={entry}
            most={mostCharacters.safeContact}
          />
        )}
      </DraftPage>,
      { backTo: backFrom(visit, 'concern') },
    );
  },
  async post(visit, { version, ...answers }) {
    const draft = await findDraft(visit.tx, visit.service.keyring, visit.params.draft);
    const you = draft ? readPart(draft.content, 'you') : null;
    const contact = you ? contactFault(you.kind, answers) : null;
    if (contact) return refuse(contact);
    return await saveAndGoOn(visit, 'concern', version, answers);
  },
});
