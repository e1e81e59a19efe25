import fc from 'fast-check';
import { expect, test } from 'vitest';
import { digestOf, type HeldField, type Mark, outdatedMarks, proposalFor, stretchesOf } from './redaction.ts';

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
  decidedOn: null,
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
  const show = mark('', {
    decidedOn: digestOf({ text: 'Anna came' }),
    decision: 'show',
    reason: 'consented',
  });
  expect(shown('Anna came', [show], 'third-party')).toBe('Anna came');
  expect(shown('Anna came', [show, mark('Anna', { place: null })], 'third-party')).toBe('█ came');
});

test('a whole field that is blacked out goes, whatever else is said of it', () => {
  expect(shown('Anna came', [mark('')])).toBe('█');
});

test('what was decided to show is shown in the words that were decided on alone', () => {
  const about = (text: string, more: Partial<Mark>) =>
    mark('', { id: text, decidedOn: digestOf({ text }), ...more });
  const show = about('Anna came', { decision: 'show', reason: 'consented' });
  expect(shown('Zelda came', [show], 'third-party')).toBe('█');
  expect(shown('Zelda came', [{ ...show, decidedOn: null }], 'third-party')).toBe('█');
  // What was blacked out stays so in other words, until somebody decides about these; in its own words then still.
  const hide = about('Anna came', { decision: 'redact' });
  const showLater = about('She came', { decision: 'show', reason: 'not-third-party' });
  expect(shown('Zelda came', [hide])).toBe('█');
  expect(shown('She came', [hide, showLater])).toBe('She came');
  expect(shown('Anna came', [hide, showLater])).toBe('█');
});

test('what was decided when a field said something else is told, until somebody decides about what it says now', () => {
  const then = digestOf({ text: 'Anna came' });
  const show = mark('', { decidedOn: then, decision: 'show', reason: 'consented' });
  const words = mark('Anna', { decidedOn: then });
  expect(outdatedMarks(field('Anna came'), [show, words])).toEqual([]);
  expect(outdatedMarks(field('Anna rang'), [show, words])).toEqual([show]);
  expect(outdatedMarks(field('Zelda came'), [show, words])).toEqual([show, words]);
  const anew = mark('Zelda', { decidedOn: digestOf({ text: 'Zelda came' }) });
  expect(outdatedMarks(field('Zelda came'), [show, words, anew])).toEqual([]);
  expect(outdatedMarks(field('Zelda came'), [mark('Anna', { place: null })])).toEqual([]);
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
