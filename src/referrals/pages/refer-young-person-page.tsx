import { recordLook } from '../../platform/audit/record.ts';
import { londonDate } from '../../platform/clock/london-time.ts';
import { DateQuestion, ListQuestion, TextQuestion } from '../../platform/forms/questions.tsx';
import { page, refuse, show } from '../../platform/http/page.ts';
import { datePrecisions, ethnicities, genders, optionsOf } from '../../reference/code-lists.ts';
import { youngPersonAsRead } from '../referral-answers.ts';
import { birthFault } from '../referral-draft.ts';
import {
  nameKnowledge,
  type PartAnswers,
  postcodeKnowledge,
  questions,
  youngPersonForm,
} from '../referral-form.ts';
import { areas } from '../referrer-queries.ts';
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

const asked = questions['young-person'];
const title = 'The young person';

/** The second page of a referral: who it is about, as far as that is known. */
export const referYoungPersonPage = page({
  path: '/refer/:draft/young-person',
  for: ['referrer'],
  params: draftParams,
  query: draftQuery,
  form: youngPersonForm.safeExtend({ version: formVersion }),
  async get(visit) {
    const found = await draftAt(visit, 'young-person');
    if ('instead' in found) return found.instead;
    const { draft } = found;
    await recordLook(visit.tx, {
      action: 'view-referral-draft',
      subject: { kind: 'referral-draft', id: draft.id },
      personId: null,
    });
    const listed = await areas(visit.tx);
    const areaName = (code: string) => listed.find((area) => area.code === code)?.name ?? code;
    const entry = visit.entry(savedFields(draft, 'young-person'));
    return show(
      title,
      <DraftPage
        part="young-person"
        title={title}
        draft={draft}
        entry={entry}
        asRead={(saved) => {
          const they = saved as PartAnswers['young-person'];
          return youngPersonAsRead(they, areaName(they.area));
        }}
      >
        <p class="govuk-body">
          Tell us what you know. “Not known” is a good answer to anything here, and better than a guess.
        </p>
        <ChoiceWithMore
          name="nameKnown"
          label={asked.nameKnown}
          entry={entry}
          options={nameKnowledge}
          hints={{ one: 'They use one name, or you have heard only one' }}
          more={{
            full: (
              <>
                <TextQuestion name="givenNames" label={asked.givenNames} entry={entry} autocomplete="off" />
                <TextQuestion name="familyName" label={asked.familyName} entry={entry} autocomplete="off" />
              </>
            ),
            one: <TextQuestion name="onlyName" label={asked.onlyName} entry={entry} autocomplete="off" />,
          }}
        />
        <TextQuestion
          name="knownAs"
          label={asked.knownAs}
          hint="Such as a nickname, a street name or a name they use online. Leave this empty if you know of none"
          entry={entry}
          autocomplete="off"
        />
        <ChoiceWithMore
          name="birthKnown"
          label={asked.birthKnown}
          entry={entry}
          options={datePrecisions}
          more={{
            exact: (
              <DateQuestion
                name="dateOfBirth"
                label={asked.dateOfBirth}
                hint="For example, 29 2 2008"
                entry={entry}
              />
            ),
            approximate: (
              <TextQuestion
                name="about"
                label={asked.about}
                hint="For example, 15 or 2010"
                entry={entry}
                inputmode="numeric"
                autocomplete="off"
                width="short"
              />
            ),
          }}
        />
        <ChoiceWithMore name="gender" label={asked.gender} entry={entry} options={genders} more={{}} />
        <ListQuestion
          name="ethnicity"
          label={asked.ethnicity}
          hint="As they describe it themselves, if you know. “Not known” is in the list"
          entry={entry}
          options={optionsOf(ethnicities)}
        />
        <ChoiceWithMore
          name="postcodeKnown"
          label={asked.postcodeKnown}
          entry={entry}
          options={postcodeKnowledge}
          more={{
            known: (
              <TextQuestion
                name="postcode"
                label={asked.postcode}
                entry={entry}
                autocomplete="off"
                width="short"
              />
            ),
          }}
        />
        <ListQuestion
          name="area"
          label={asked.area}
          hint="The London borough with the duty to look after them, which is not always the one they live in. We tell its contact about this referral"
          entry={entry}
          options={listed.map(({ code, name }) => ({ value: code, text: name }))}
        />
      </DraftPage>,
      { backTo: backFrom(visit, 'young-person') },
    );
  },
  async post(visit, { version, ...answers }) {
    const birth = birthFault(answers, londonDate(visit.service.clock.now()));
    if (birth) return refuse(birth);
    const listed = await areas(visit.tx);
    if (!listed.some(({ code }) => code === answers.area))
      return refuse({ field: 'area', message: 'Choose a council from the list, or “Not known yet”' });
    return await saveAndGoOn(visit, 'young-person', version, answers);
  },
});
