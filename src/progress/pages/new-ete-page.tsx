import { newDocumentPage } from '../../people/index.ts';
import { recordEtePeriod } from '../progress-commands.ts';
import { eteForm } from './ete-form.tsx';
import { progressAddress } from './progress-addresses.ts';
import { recordersOfProgress } from './progress-page.tsx';

/** What a young person does, or that they do none of it, from a day on. */
export const newEtePage = newDocumentPage({
  path: '/people/:person/education/new',
  for: recordersOfProgress,
  documentForm: eteForm,
  leaveTo: progressAddress,
  words: {
    title: 'Record education, training or work',
    save: 'Save',
    saved: 'It is recorded',
  },
  record: recordEtePeriod,
});
