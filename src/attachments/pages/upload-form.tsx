import type { Entry } from '../../platform/forms/entry.ts';
import { Form } from '../../platform/forms/form.tsx';
import { Button, FileUpload, InsetText, WarningText } from '../../platform/govuk/index.ts';
import type { Service } from '../../platform/service.ts';

/** Takes one file; before it, what must never be sent. */
export function UploadForm({ entry, service }: { entry: Entry; service: Service }) {
  const fault = entry.faults.find(({ field }) => field === 'file');
  return (
    <>
      <NeverUpload />
      {service.hasVirusScanner !== true && (
        <InsetText>
          This machine has no virus scanner. It checks for a test file only: use it with invented files.
        </InsetText>
      )}
      <Form upload>
        <FileUpload
          name="file"
          label={{ text: 'Choose a file' }}
          hint={{ text: 'PDF, JPEG, PNG, Word (.docx), OpenDocument (.odt) or plain text, up to 10 MB' }}
          errorMessage={fault ? { text: fault.message } : undefined}
          attributes={{ accept: '.pdf,.jpg,.jpeg,.png,.docx,.odt,.txt' }}
        />
        <Button preventDoubleClick>Add the file</Button>
      </Form>
    </>
  );
}

/** What to do instead of sending an indecent image of a child. */
function NeverUpload() {
  return (
    <>
      <WarningText>
        Never upload a nude or sexual image of anybody under 18, whoever took it. To copy or send one is a
        crime.
      </WarningText>
      <p class="govuk-body">
        Do not copy, save or send it. Call the police on{' '}
        <a class="govuk-link" href="tel:101">
          101
        </a>
        , or{' '}
        <a class="govuk-link" href="tel:999">
          999
        </a>{' '}
        if somebody is in danger, and write here only that you did. A young person can ask to have an image of
        themselves taken off the internet with the Internet Watch Foundation and Childline’s Report Remove
        tool.
      </p>
    </>
  );
}
