import type { Document } from '../platform/history/document.ts';

/** A section's text, which several people may write in. */
export const textDocument: Document<'words'> = {
  table: 'report_text',
  kind: 'report-text',
  columns: { words: 'words' },
};

export const textFieldInWords = { words: 'Text' } as const;
