import { z } from 'zod';
import { DeathNotice, findPerson, fullName } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { LongTextQuestion } from '../../platform/forms/questions.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { missing, page, redirect, show } from '../../platform/http/page.ts';
import { removeFromRecord } from '../attachment-commands.ts';
import { fileOfPerson } from '../attachment-queries.ts';
import { adders, mayRemove, personFilesPage } from './person-files-page.tsx';

const MOST_WHY = 500;

/** Takes a file off a record that should not be on it: whoever put it there may, or a manager of their provider. */
export const removePersonFilePage = page({
  path: '/people/:person/files/:file/remove',
  for: adders,
  params: z.object({ person: z.uuid(), file: z.uuid() }),
  form: z.object({
    reason: text({
      called: 'Why you are removing it',
      most: MOST_WHY,
      needed: 'Enter why you are removing the file',
      lines: 'many',
    }),
  }),

  async get({ tx, asker, params, entry }) {
    const person = await findPerson(tx, params.person);
    const file = person && (await fileOfPerson(tx, person.id, params.file));
    // The database refuses whom this refuses; the form is not offered to them either.
    if (!person || !file || !mayRemove(asker, file)) return missing();
    await recordLook(tx, {
      action: 'view-files',
      subject: { kind: 'person', id: person.id },
      personId: person.id,
    });
    const typed = entry();
    const backTo = personFilesPage.url({ person: person.id });
    return show(
      'Remove the file',
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">Remove the file</h1>
        <p class="govuk-body">
          <bdi>{fullName(person)}</bdi>, <span class="hw-reference">{person.reference}</span>. The file:{' '}
          <bdi>{file.name}</bdi>
        </p>
        <DeathNotice person={person} />
        <p class="govuk-body">Remove a file that is about somebody else, or should never have been here.</p>
        <ul class="govuk-list govuk-list--bullet">
          <li>Nobody can open it any more. It is destroyed when the record is.</li>
          <li>Everybody who could open it sees that you removed it, when, and the reason you give.</li>
          <li>Your managers and the operations manager still see what it was called.</li>
        </ul>
        <Form>
          <LongTextQuestion
            name="reason"
            label="Why you are removing it"
            hint="Everybody who could open the file reads this: do not repeat what should be forgotten"
            entry={typed}
            most={MOST_WHY}
            rows={2}
          />
          <div class="govuk-button-group">
            <Button classes="govuk-button--warning" preventDoubleClick>
              Remove the file
            </Button>
            <a class="govuk-link" href={backTo}>
              Cancel
            </a>
          </div>
        </Form>
      </>,
      { backTo },
    );
  },

  async post({ tx, asker, service, params }, { reason }) {
    const file = await fileOfPerson(tx, params.person, params.file);
    if (!file || !mayRemove(asker, file) || !(await removeFromRecord(tx, service, file.id, reason)))
      return missing();
    return redirect(personFilesPage.url({ person: params.person }), { notice: 'The file is removed' });
  },
});
