import { z } from 'zod';
import { editDocumentPage } from '../../people/index.ts';
import { memberForm } from './member-form.tsx';
import { networkAddress } from './network-addresses.ts';
import { writersOfNetwork } from './network-readers.ts';

/** Changes what is known of somebody, or says when they ceased to be part of the network; what was known before is kept. */
export const editMemberPage = editDocumentPage({
  path: '/people/:person/network/:member/edit',
  for: writersOfNetwork,
  params: z.object({ person: z.uuid(), member: z.uuid() }),
  idIn: ({ member }) => member,
  documentForm: memberForm,
  look: 'view-network',
  leaveTo: networkAddress,
  words: {
    title: 'Change somebody of the network',
    save: 'Save',
    saved: 'It is changed',
    called: 'this entry',
  },
});
