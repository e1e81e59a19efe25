import { z } from 'zod';
import { recordLook } from '../../platform/audit/record.ts';
import { formatLondon } from '../../platform/clock/london-time.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { Form } from '../../platform/forms/form.tsx';
import { Button, InsetText, SummaryList, WarningText } from '../../platform/govuk/index.ts';
import { type Answer, missing, page, redirect, show } from '../../platform/http/page.ts';
import type { Service } from '../../platform/service.ts';
import type { ImportPreview } from '../import-preview.ts';
import { canBeCheckedAgain, canBeDiscarded, KEPT_DAYS, modeFor } from '../import-upload.ts';
import { checkAgain, discardImport } from '../import-upload-commands.ts';
import {
  findingsOf,
  findPastImport,
  findPreview,
  findProgress,
  findUpload,
  type ImportUpload,
  lastOtherImport,
  type PastImport,
} from '../import-upload-queries.ts';
import { confirmInWords } from './confirm-in-words.ts';
import { FaultTable } from './fault-table.tsx';
import { FileTable } from './file-table.tsx';
import { FindingLists } from './finding-lists.tsx';
import { OddRows } from './odd-rows.tsx';
import { counted, importers } from './running-imports.ts';
import { UploadTag } from './upload-tag.tsx';

export const importParams = z.object({ import: z.uuid() });

/** One import: how far it is, what it would change or changed, what is wrong with it, and what can be done with it now. */
export const importPage = page({
  path: '/imports/:import',
  for: importers,
  params: importParams,
  form: z.object({ act: z.enum(['discard', 'check-again'], { error: 'Choose what to do' }) }),

  async get({ tx, service, params }): Promise<Answer> {
    const upload = await findUpload(tx, params.import);
    const past = await findPastImport(tx, params.import);
    if (upload === null && past === null) return missing();
    await recordLook(tx, {
      action: 'view-import',
      subject: { kind: 'import', id: params.import },
      personId: null,
    });
    const preview = upload === null ? null : await findPreview(tx, service.keyring, upload.id);
    const title = past === null ? 'Check an import' : 'What was imported';
    return show(
      title,
      <>
        <h1 class="govuk-heading-l">{title}</h1>
        {upload !== null && (
          <p class="govuk-body">
            <UploadTag state={upload.state} />
          </p>
        )}
        <About upload={upload} past={past} />
        {upload !== null && <Now upload={upload} {...(await nowOf(tx, service, upload))} />}
        {past !== null ? (
          <>
            <FileTable files={past.files} caption="What changed" />
            <PassedOver passedOver={past.told?.passedOver ?? []} />
            {past.told?.odd && <OddRows odd={past.told.odd} />}
            <FindingLists findings={await findingsOf(tx, past)} />
            {upload !== null && preview !== null && (
              <>
                <FaultTable importId={upload.id} preview={preview} heading="Rows that were left out" />
                <p class="govuk-body">
                  The files are thrown away. What was found in them goes on {formatLondon(keptUntil(upload))}.
                </p>
              </>
            )}
          </>
        ) : (
          upload?.state === 'checked' && preview !== null && <Preview upload={upload} preview={preview} />
        )}
      </>,
      { backTo: '/imports' },
    );
  },

  async post({ tx, asker, service, params }, { act }): Promise<Answer> {
    if ((await findUpload(tx, params.import)) === null) return missing();
    const here = importPage.url(params);
    const acted =
      act === 'discard'
        ? await discardImport(tx, asker, service, params.import)
        : await checkAgain(tx, params.import);
    if (acted === 'too-late')
      return redirect(here, { notice: 'It went on meanwhile, so nothing was done: this is how it is now' });
    return act === 'discard'
      ? redirect('/imports', { notice: 'The files are thrown away. Nothing was imported' })
      : redirect(here, { notice: 'The files are being checked again' });
  },
});

function About({ upload, past }: { upload: ImportUpload | null; past: PastImport | null }) {
  const rows: [string, string][] = upload
    ? [
        ['Files', upload.files.map(({ name }) => name).join(', ')],
        ['Brought', `${upload.broughtBy}, ${formatLondon(upload.broughtAt)}`],
        ...(upload.checkedAt ? ([['Checked', formatLondon(upload.checkedAt)]] as [string, string][]) : []),
        ...(upload.decidedBy && upload.decidedAt
          ? ([
              [
                upload.state === 'discarded' ? 'Discarded' : 'Confirmed',
                `${upload.decidedBy}, ${formatLondon(upload.decidedAt)}`,
              ],
            ] as [string, string][])
          : []),
      ]
    : [
        ['Files', `${past?.source ?? ''}, by the command line`],
        ['For', past?.onBehalfOf ?? 'Whoever runs the server'],
      ];
  return (
    <SummaryList
      rows={[...rows, ...(past ? [['Imported', formatLondon(past.beganAt)]] : [])].map(
        ([key = '', value = '']) => ({ key: { text: key }, value: { text: <bdi>{value}</bdi> } }),
      )}
    />
  );
}

async function nowOf(tx: Transaction, { keyring }: Pick<Service, 'keyring'>, upload: ImportUpload) {
  const last = await lastOtherImport(tx, upload.id);
  return {
    progress: await findProgress(tx, keyring, upload.id),
    isOutOfDate: last !== null && upload.checkedAt !== null && last > upload.checkedAt,
  };
}

const keptUntil = ({ broughtAt }: ImportUpload): Date =>
  new Date(broughtAt.getTime() + KEPT_DAYS * 86_400_000);

/** Where it stands, and what can be done about it. */
function Now({
  upload,
  progress,
  isOutOfDate,
}: {
  upload: ImportUpload;
} & Awaited<ReturnType<typeof nowOf>>) {
  const far =
    progress === null
      ? ''
      : `: ${progress.what}${progress.rows > 0 ? `, ${counted(progress.rows, 'row')}` : ''}`;
  switch (upload.state) {
    case 'checking':
      return (
        <>
          <InsetText>The files are being checked{far}. Nothing is changed by it.</InsetText>
          <SeeHowFar upload={upload} />
          <Acts upload={upload} />
        </>
      );
    case 'importing':
      return (
        <>
          <InsetText>
            The files are being imported{far}. If anything goes wrong half-way, nothing of it is kept and it
            is done again.
          </InsetText>
          <SeeHowFar upload={upload} />
        </>
      );
    case 'failed':
      return (
        <>
          <WarningText>
            It was tried several times and could not be done. Nothing was imported. Tell whoever looks after
            the server, then check it again.
          </WarningText>
          <Acts upload={upload} />
        </>
      );
    case 'checked':
      return isOutOfDate ? (
        <WarningText>
          Another import ended since these files were checked. Check them again first.
        </WarningText>
      ) : null;
    case 'discarded':
      return <InsetText>The files were thrown away. Nothing was imported.</InsetText>;
    case 'expired':
      return (
        <InsetText>
          Nobody confirmed it within {KEPT_DAYS} days, so the files were thrown away. Nothing was imported.
        </InsetText>
      );
    case 'imported':
      return null;
  }
}

/** A page that reloads by itself takes the place from whoever reads it: they ask. */
function SeeHowFar({ upload }: { upload: ImportUpload }) {
  return (
    <Button href={importPage.url({ import: upload.id })} classes="govuk-button--secondary">
      See how far it is
    </Button>
  );
}

function Acts({ upload }: { upload: ImportUpload }) {
  return (
    <>
      {canBeCheckedAgain(upload) && <Act act="check-again">Check the files again</Act>}
      {canBeDiscarded(upload) && <Act act="discard">Discard the files</Act>}
    </>
  );
}

function Act({ act, children }: { act: 'discard' | 'check-again'; children: string }) {
  return (
    <Form>
      <input type="hidden" name="act" value={act} />
      <Button preventDoubleClick classes="govuk-button--secondary">
        {children}
      </Button>
    </Form>
  );
}

function Preview({ upload, preview }: { upload: ImportUpload; preview: ImportPreview }) {
  const mode = modeFor(upload);
  return (
    <>
      {mode === null ? (
        <WarningText>
          Nothing of it can be imported
          {preview.isUnreadable ? ': referrals.csv cannot be read by its header' : ''}. Correct the files and
          bring them again.
        </WarningText>
      ) : (
        <p class="govuk-body">
          {preview.faults === 0
            ? 'Nothing is wrong with the files.'
            : `There ${preview.faults === 1 ? 'is' : 'are'} ${counted(preview.faults, 'fault')}. Correct the files and bring them again, or import the rows that are good.`}{' '}
          Nothing was imported yet.
        </p>
      )}
      <FaultTable importId={upload.id} preview={preview} heading="What is wrong" />
      {!preview.isUnreadable && (
        <FileTable
          files={preview.files}
          caption={preview.faults === 0 ? 'What would change' : 'What would change by the good rows'}
        />
      )}
      <PassedOver passedOver={preview.passedOver} />
      <OddRows odd={preview.odd} />
      <FindingLists findings={preview.findings} isPreview />
      <h2 class="govuk-heading-m">What now</h2>
      {mode !== null && (
        <Button href={`${importPage.url({ import: upload.id })}/confirm`}>
          {confirmInWords(mode, upload)}
        </Button>
      )}
      <Acts upload={upload} />
      <p class="govuk-body">
        The files are kept sealed, and thrown away when they are imported or discarded, and otherwise on{' '}
        {formatLondon(keptUntil(upload))}.
      </p>
    </>
  );
}

function PassedOver({ passedOver }: { passedOver: readonly string[] }) {
  if (passedOver.length === 0) return null;
  return (
    <>
      <h2 class="govuk-heading-m">Passed over</h2>
      <ul class="govuk-list govuk-list--bullet">
        {passedOver.map((each) => (
          <li>
            <bdi>{each}</bdi>
          </li>
        ))}
      </ul>
    </>
  );
}
