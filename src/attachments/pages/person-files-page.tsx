import { z } from 'zod';
import {
  DeathNotice,
  findPerson,
  findPersonToWriteAbout,
  fullName,
  mayWriteAbout,
  personAddress,
} from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import type { Asker, Role } from '../../platform/database/transaction.ts';
import { Faults } from '../../platform/forms/form.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { type Answer, missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { attachFile } from '../attachment-commands.ts';
import { type FileOfPerson, filesOfPerson } from '../attachment-queries.ts';
import { FileList } from './file-list.tsx';
import { UploadForm } from './upload-form.tsx';

/** Who reads the files on a record, and who of them puts files there. */
export const readersOfFiles = [
  'caseworker',
  'provider-manager',
  'coordinator',
  'operations-manager',
] as const satisfies readonly Role[];
export const adders = ['caseworker', 'provider-manager'] as const satisfies readonly Role[];

/** The files on a young person's record, and those that came with their referrals. */
export const personFilesPage = page({
  path: '/people/:person/files',
  for: readersOfFiles,
  params: z.object({ person: z.uuid() }),
  async get({ tx, asker, params }) {
    const person = await findPerson(tx, params.person);
    if (!person) return missing();
    await recordLook(tx, {
      action: 'view-files',
      subject: { kind: 'person', id: person.id },
      personId: person.id,
    });
    const files = await filesOfPerson(tx, person.id);
    const mayAdd = await mayWriteAbout(tx, asker, person.id);
    return show(
      'Files',
      <>
        <h1 class="govuk-heading-l">Files</h1>
        <DeathNotice person={person} />
        <p class="govuk-body">
          <bdi>{fullName(person)}</bdi>, <span class="hw-reference">{person.reference}</span>
        </p>
        {mayAdd && <Button href={newFileAddress(person.id)}>Add a file</Button>}
        {files.length === 0 ? (
          <p class="govuk-body">There is no file yet.</p>
        ) : (
          <FileList
            files={files}
            download={({ id }) => `/people/${person.id}/files/${id}`}
            remove={(file) => (mayRemove(asker, file) ? removeFileAddress(person.id, file.id) : undefined)}
            removal={({ removal }) => removal}
            more={({ isOfReferral }) =>
              isOfReferral && (
                <>
                  <br />
                  Came with a referral
                </>
              )
            }
          />
        )}
      </>,
      { backTo: personAddress(person.id) },
    );
  },
});

/** Whether somebody may take a file off a record, as the database has it (need_to_know.remove_attachment). */
export const mayRemove = (
  { accountId, organisationId, role }: Asker,
  file: Pick<FileOfPerson, 'uploadedById' | 'organisationId' | 'removal'>,
): boolean =>
  file.removal === null &&
  file.organisationId !== null &&
  file.organisationId === organisationId &&
  (role === 'provider-manager' || (role === 'caseworker' && file.uploadedById === accountId));

const removeFileAddress = (personId: string, fileId: string): string =>
  `/people/${personId}/files/${fileId}/remove`;
const newFileAddress = (personId: string): string => `/people/${personId}/files/new`;

/** Puts a file on a young person's record. */
export const newPersonFilePage = page({
  path: '/people/:person/files/new',
  for: adders,
  params: z.object({ person: z.uuid() }),
  uploads: true,
  async get({ tx, asker, service, params, entry }) {
    const person = await findPersonToWriteAbout(tx, asker, params.person);
    if (!person) return missing();
    await recordLook(tx, {
      action: 'view-person',
      subject: { kind: 'person', id: person.id },
      personId: person.id,
    });
    const typed = entry();
    return show(
      'Add a file',
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <Faults entry={typed} />
          <h1 class="govuk-heading-l">Add a file</h1>
          <DeathNotice person={person} />
          <p class="govuk-body">
            <bdi>{fullName(person)}</bdi>, <span class="hw-reference">{person.reference}</span>
          </p>
          <UploadForm entry={typed} service={service} />
        </div>
      </div>,
      { backTo: personFilesPage.url(params) },
    );
  },
  async post({ tx, service, params, file }): Promise<Answer> {
    const attached = await attachFile(tx, service, { person: params.person }, file);
    if (attached.outcome === 'missing') return missing();
    if (attached.outcome === 'refused') return refuse({ field: 'file', message: attached.why });
    return redirect(personFilesPage.url(params), { notice: 'The file is added' });
  },
});
