import type { Decidable } from '../import-upload.ts';
import { counted } from './running-imports.ts';

/** What confirming an import does, as its button says it. */
export const confirmInWords = (mode: 'all' | 'valid', { goodRows }: Pick<Decidable, 'goodRows'>): string =>
  mode === 'all'
    ? 'Import everything'
    : `Import the ${counted(goodRows ?? 0, 'good row')} and leave the rest`;
