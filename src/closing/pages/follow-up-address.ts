import { personAddress } from '../../people/index.ts';

export const followUpAddress = (personId: string): string => `${personAddress(personId)}/follow-up`;
