import { z } from 'zod';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { type Answer, missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { attachFile, removeFromDraft } from '../attachment-commands.ts';
import { filesOfDraft, isDraftInHand, referenceOfOwn } from '../attachment-queries.ts';
import { FileList } from './file-list.tsx';
import { UploadForm } from './upload-form.tsx';

/** Files that go with a referral that is being written. */
export const draftFilesPage = page({
  path: '/refer/:draft/files',
  for: ['referrer'],
  params: z.object({ draft: z.uuid() }),
  uploads: true,
  async get({ tx, service, params, entry }) {
    if (!(await isDraftInHand(tx, params.draft))) return missing();
    const files = await filesOfDraft(tx, params.draft);
    const typed = entry();
    return show(
      'Is there anything to attach?',
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <Faults entry={typed} />
          <h1 class="govuk-heading-l">Is there anything to attach?</h1>
          <p class="govuk-body">
            Such as a chronology, an assessment or a letter. You need not attach anything. The files go with
            the referral when you send it, and if you throw it away they go too.
          </p>
          {files.length > 0 && (
            <FileList files={files} remove={({ id }) => `/refer/${params.draft}/files/${id}/remove`} />
          )}
          <UploadForm entry={typed} service={service} />
          <p class="govuk-body">
            <a class="govuk-link" href={`/refer/${params.draft}/check`}>
              {files.length > 0
                ? 'That is all: check your answers'
                : 'Attach nothing, and check your answers'}
            </a>
          </p>
        </div>
      </div>,
      { backTo: `/refer/${params.draft}/check` },
    );
  },
  async post({ tx, service, params, file }): Promise<Answer> {
    const attached = await attachFile(tx, service, { draft: params.draft }, file);
    if (attached.outcome === 'missing') return missing();
    if (attached.outcome === 'refused') return refuse({ field: 'file', message: attached.why });
    return redirect(draftFilesPage.url(params), { notice: 'The file is added' });
  },
});

/** Asks before a file is gone for good. */
export const removeDraftFilePage = page({
  path: '/refer/:draft/files/:file/remove',
  for: ['referrer'],
  params: z.object({ draft: z.uuid(), file: z.uuid() }),
  async get({ tx, params }) {
    const found = (await filesOfDraft(tx, params.draft)).find(({ id }) => id === params.file);
    if (!found) return missing();
    const backTo = draftFilesPage.url({ draft: params.draft });
    return show(
      'Remove this file?',
      <>
        <h1 class="govuk-heading-l">Remove this file?</h1>
        <p class="govuk-body">
          <bdi>{found.name}</bdi> will be gone, and nobody can get it back.
        </p>
        <Form>
          <div class="govuk-button-group">
            <Button classes="govuk-button--warning" preventDoubleClick>
              Remove it
            </Button>
            <a class="govuk-link" href={backTo}>
              Keep it
            </a>
          </div>
        </Form>
      </>,
      { backTo },
    );
  },
  async post({ tx, params }) {
    const isGone = await removeFromDraft(tx, params.draft, params.file);
    return isGone
      ? redirect(draftFilesPage.url({ draft: params.draft }), { notice: 'The file is removed' })
      : missing();
  },
});

/** A file that the referrer adds to a sent referral; it is not shown to them again. */
export const sentFilesPage = page({
  path: '/refer/sent/:referral/files',
  for: ['referrer'],
  params: z.object({ referral: z.uuid() }),
  uploads: true,
  async get({ tx, service, params, entry }) {
    const reference = await referenceOfOwn(tx, params.referral);
    if (reference === null) return missing();
    const typed = entry();
    return show(
      'Add a file',
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <Faults entry={typed} />
          <p class="govuk-caption-l">
            Referral <span class="hw-reference">{reference}</span>
          </p>
          <h1 class="govuk-heading-l">Add a file</h1>
          <p class="govuk-body">
            A coordinator is told that you added a file. Once it is sent, it is not shown here again.
          </p>
          <UploadForm entry={typed} service={service} />
        </div>
      </div>,
      { backTo: `/refer/sent/${params.referral}` },
    );
  },
  async post({ tx, service, params, file }): Promise<Answer> {
    const attached = await attachFile(tx, service, { referral: params.referral }, file);
    if (attached.outcome === 'missing') return missing();
    if (attached.outcome === 'refused') return refuse({ field: 'file', message: attached.why });
    return redirect(`/refer/sent/${params.referral}`, { notice: 'The file is sent' });
  },
});
