import { expect, test } from 'vitest';
import { blank } from '../platform/history/document.ts';
import { closingDocument, closingFieldInWords, lackingIn, outcomeItems } from './closing.ts';

const nothing = blank(closingDocument);
const whole = {
  ...nothing,
  reason: 'planned',
  summary: 'Twenty meetings',
  ...Object.fromEntries(outcomeItems.map(({ item }) => [`outcome${item}`, 'no'])),
  harm: 'reduced',
  resilience: 'same',
  countyLines: 'not-known',
  neetAtStart: 'yes',
  neetAtEnd: 'not-known',
  handover: 'Their college tutor',
  followUp: 'agreed',
  wordsToReferrer: 'It has ended',
};

test('a closing of which nothing is written lacks everything but what is optional', () => {
  const fields = lackingIn(nothing).map(({ field }) => field);
  expect(fields).toHaveLength(18);
  expect(fields).not.toContain('feedback');
});

test('a whole one lacks nothing, and “not known” is an answer', () => {
  expect(lackingIn(whole)).toEqual([]);
});

test('an item that is met needs what shows it and whose view it is', () => {
  expect(lackingIn({ ...whole, outcome3: 'yes' }).map(({ field }) => field)).toEqual(['evidence3', 'view3']);
});

test('there are eight items, as published, and words for every field', () => {
  expect(outcomeItems.map(({ item }) => item)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(Object.keys(closingFieldInWords).toSorted()).toEqual(
    Object.keys(closingDocument.columns).toSorted(),
  );
});
