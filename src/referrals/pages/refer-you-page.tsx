import { recordLook } from '../../platform/audit/record.ts';
import type { Entry } from '../../platform/forms/entry.ts';
import { ListQuestion, LongTextQuestion, TextQuestion } from '../../platform/forms/questions.tsx';
import { page, show } from '../../platform/http/page.ts';
import { agencyKinds, optionsOf, yesNoNotKnown } from '../../reference/code-lists.ts';
import { youAsRead } from '../referral-answers.ts';
import {
  consentAnswers,
  kindsOfReferral,
  lawfulReasons,
  mostCharacters,
  type PartAnswers,
  questions,
  youForm,
} from '../referral-form.ts';
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
import { ChoiceWithMore } from './referral-questions.tsx';

const asked = questions.you;
const title = 'About you and this referral';

/** The first page of a referral: who refers, and what for. */
export const referYouPage = page({
  path: '/refer/:draft/you',
  for: ['referrer'],
  params: draftParams,
  query: draftQuery,
  form: youForm.safeExtend({ version: formVersion }),
  async get(visit) {
    const found = await draftAt(visit, 'you');
    if ('instead' in found) return found.instead;
    const { draft } = found;
    await recordLook(visit.tx, {
      action: 'view-referral-draft',
      subject: { kind: 'referral-draft', id: draft.id },
      personId: null,
    });
    const entry = visit.entry({ yourName: visit.asker.name, ...savedFields(draft, 'you') });
    return show(
      title,
      <DraftPage
        part="you"
        title={title}
        draft={draft}
        entry={entry}
        asRead={(saved) => youAsRead(saved as PartAnswers['you'])}
      >
        <TextQuestion name="yourName" label={asked.yourName} entry={entry} autocomplete="name" />
        <TextQuestion name="role" label={asked.role} entry={entry} autocomplete="organization-title" />
        <ListQuestion
          name="agencyKind"
          label={asked.agencyKind}
          entry={entry}
          options={optionsOf(agencyKinds)}
        />
        <TextQuestion
          name="agencyName"
          label={asked.agencyName}
          hint="Leave this empty if you are the young person, or family"
          entry={entry}
          autocomplete="organization"
        />
        <TextQuestion
          name="team"
          label={asked.team}
          hint="If you have one, as other people would find it"
          entry={entry}
        />
        <TextQuestion
          name="phone"
          type="tel"
          label={asked.phone}
          hint="We may ring your agency's published number to check who you are before we tell you more"
          entry={entry}
          autocomplete="tel"
          width="half"
        />
        <ChoiceWithMore
          name="kind"
          label={asked.kind}
          entry={entry}
          options={kindsOfReferral}
          hints={{
            intervention:
              'One-to-one support from a worker. It needs their agreement before it starts, but not before you refer',
            intelligence:
              'You ask for no support now. What you know helps to find and protect young people, and is shared with their borough. It does not depend on their agreement',
          }}
          more={{
            intervention: <SupportQuestions entry={entry} />,
            intelligence: <LawfulReason entry={entry} />,
          }}
        />
      </DraftPage>,
      { backTo: backFrom(visit, 'you') },
    );
  },
  async post(visit, { version, ...answers }) {
    return await saveAndGoOn(visit, 'you', version, answers);
  },
});

function SupportQuestions({ entry }: { entry: Entry }) {
  return (
    <>
      <ChoiceWithMore
        name="youngPersonKnows"
        label={asked.youngPersonKnows}
        entry={entry}
        options={yesNoNotKnown}
        more={{}}
      />
      <ChoiceWithMore
        name="consents"
        label={asked.consents}
        hint="Tell them if it is safe to. If it is not, refer all the same"
        entry={entry}
        options={consentAnswers}
        more={{}}
      />
      <LongTextQuestion
        name="withoutConsent"
        label={asked.withoutConsent}
        hint="And what would make it possible to ask them"
        entry={entry}
        most={mostCharacters.withoutConsent}
        rows={3}
      />
    </>
  );
}

function LawfulReason({ entry }: { entry: Entry }) {
  return (
    <>
      <ChoiceWithMore
        name="lawfulReason"
        label={asked.lawfulReason}
        hint="Sharing without agreement needs a lawful reason. Share only what is needed for it"
        entry={entry}
        options={lawfulReasons}
        more={{}}
      />
      <LongTextQuestion
        name="lawfulReasonMore"
        label={asked.lawfulReasonMore}
        entry={entry}
        most={mostCharacters.lawfulReasonMore}
        rows={3}
      />
    </>
  );
}
