import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type HeldField, type Mark, proposalFor, stretchesOf } from './redaction.ts';

const place = { table: 'case_note', rowId: 'a', field: 'fact' };
const field = (text: string, proposal: HeldField['proposal'] = null): HeldField => ({
  ...place,
  label: 'Fact',
  text,
  proposal,
});
const mark = (passage: string, more: Partial<Mark> = {}): Mark => ({
  id: passage,
  place,
  passage,
  decision: 'redact',
  reason: 'third-party',
  ...more,
});
const shown = (text: string, marks: readonly Mark[], proposal: HeldField['proposal'] = null) =>
  stretchesOf(field(text, proposal), marks)
    .map((stretch) => (stretch.kind === 'shown' ? stretch.text : '█'))
    .join('');

test('a passage goes wherever it stands in the field, in capitals or not and however it is spaced', () => {
  expect(shown('Anna Smith saw ANNA\n smith, not Annabel.', [mark('Anna Smith')])).toBe(
    '█ saw █, not Annabel.',
  );
});

test('passages that overlap leave no half of a name', () => {
  expect(shown('With Anna Smith Jones.', [mark('Anna Smith'), mark('Smith Jones')])).toBe('With █.');
  expect(shown('ababab', [mark('abab')])).toBe('█');
});

test('what looks like a pattern is words', () => {
  expect(shown('He (Sam.) paid £5+', [mark('(Sam.)'), mark('5+')])).toBe('He █ paid £█');
});

test('a letter with an accent goes in either of its forms', () => {
  expect(shown('Jose\u0301 came', [mark('Jos\u00e9')])).toBe('█ came');
});

test('a passage without a field goes everywhere, and one of another field nowhere else', () => {
  expect(shown('Anna came', [mark('Anna', { place: null })])).toBe('█ came');
  expect(shown('Anna came', [mark('Anna', { place: { ...place, rowId: 'b' } })])).toBe('Anna came');
});

test('what is proposed goes unless it is shown; then passages of it still go', () => {
  expect(shown('Anna came', [], 'third-party')).toBe('█');
  const show = mark('', { decision: 'show', reason: 'consented' });
  expect(shown('Anna came', [show], 'third-party')).toBe('Anna came');
  expect(shown('Anna came', [show, mark('Anna', { place: null })], 'third-party')).toBe('█ came');
});

test('a whole field that is blacked out goes, whatever else is said of it', () => {
  expect(shown('Anna came', [mark('')])).toBe('█');
});

test('no words that are blacked out are ever left', () => {
  const word = fc.string({
    unit: fc.constantFrom('a', 'b', 'A', ' ', 'é', '.', '('),
    minLength: 1,
    maxLength: 4,
  });
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', 'b', 'A', ' ', 'é', '.', '(') }),
      word,
      word,
      (text, one, two) => {
        fc.pre(one.trim() !== '' && two.trim() !== '');
        const stretches = stretchesOf(field(text), [mark(one), mark(two)]);
        for (const stretch of stretches)
          if (stretch.kind === 'shown')
            for (const passage of [one, two])
              expect(stretch.text.toLowerCase().replaceAll(/\s+/g, ' ')).not.toContain(
                passage.trim().toLowerCase().replaceAll(/\s+/g, ' '),
              );
      },
    ),
  );
});

test('what tells of others is proposed, and a code of it is not', () => {
  expect(proposalFor('case_note', 'third_party', true)).toBe('third-party');
  expect(proposalFor('concern_told', 'name', true)).toBe('third-party');
  expect(proposalFor('network_member', 'notes', true)).toBe('third-party');
  expect(proposalFor('check_finding', 'finding', true)).toBe('crime');
  expect(proposalFor('network_member', 'kind', false)).toBeNull();
  expect(proposalFor('case_note', 'fact', true)).toBeNull();
});
