import { newDocumentPage } from '../../people/index.ts';
import { addMember } from '../network-commands.ts';
import { memberForm } from './member-form.tsx';
import { networkAddress } from './network-addresses.ts';
import { writersOfNetwork } from './network-readers.ts';

/** Adds somebody to a young person's network. */
export const newMemberPage = newDocumentPage({
  path: '/people/:person/network/new',
  for: writersOfNetwork,
  documentForm: memberForm,
  leaveTo: networkAddress,
  words: {
    title: 'Add somebody to the network',
    save: 'Add them',
    saved: 'They are added to the network',
  },
  record: addMember,
});
