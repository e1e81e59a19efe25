import { describe, expect, test } from 'vitest';
import type { Values } from '../platform/forms/conflict.ts';
import { type DecisionField, decisionDocument, tidied, whatIsMissing } from './sharing-decision.ts';

const withConsent: Values<DecisionField> = {
  kind: 'sharing',
  what: 'Where they live now',
  withWhom: 'Children’s social care',
  consent: 'given',
  asked: 'young-person',
  askedName: '',
  withdrawnOn: '',
  shared: 'yes',
  rule: '',
  reasons: '',
  decidedBy: 'Amira Khan',
  decidedOn: '2026-06-01',
  reviewDueOn: '',
};
const lacking = (change: Partial<Values<DecisionField>>) =>
  whatIsMissing({ ...withConsent, ...change }).map(({ field }) => field);

describe('a decision to share', () => {
  test('with consent needs no rule', () => {
    expect(lacking({})).toEqual([]);
  });

  test.each(['refused', 'withdrawn', 'not-sought'])(
    'rests on a rule and reasons where consent was %s',
    (consent) => {
      const rest = consent === 'not-sought' ? { asked: '' } : { withdrawnOn: '2026-06-01' };
      expect(lacking({ consent, ...rest })).toEqual(['rule', 'reasons']);
      expect(lacking({ consent, ...rest, shared: 'in-part' })).toEqual(['rule', 'reasons']);
      expect(lacking({ consent, ...rest, shared: 'no' })).toEqual([]);
      expect(lacking({ consent, ...rest, rule: 'safeguarding', reasons: 'He is threatened' })).toEqual([]);
    },
  );

  test('says who was asked, unless nobody was, and when it was withdrawn', () => {
    expect(lacking({ asked: '' })).toEqual(['asked']);
    expect(lacking({ consent: 'withdrawn', shared: 'no' })).toEqual(['withdrawnOn']);
  });

  test('says with whom and whether it is shared; consent to support does not', () => {
    expect(lacking({ withWhom: '', shared: '' })).toEqual(['withWhom', 'shared']);
    expect(lacking({ kind: 'support', withWhom: '', shared: 'not-asked' })).toEqual([]);
  });

  test('has no answers that the rest of it leaves no room for', () => {
    expect(tidied({ ...withConsent, rule: 'safeguarding', withdrawnOn: '2026-06-01' })).toEqual(withConsent);
    expect(tidied({ ...withConsent, consent: 'not-sought', askedName: 'His aunt' })).toMatchObject({
      asked: '',
      askedName: '',
    });
    expect(tidied({ ...withConsent, kind: 'support' })).toMatchObject({ withWhom: '', shared: 'not-asked' });
  });

  test('that two people made together is sound only where one could have said all of it', () => {
    expect(decisionDocument.isSound?.(withConsent)).toBe(true);
    expect(decisionDocument.isSound?.({ ...withConsent, rule: 'safeguarding' })).toBe(false);
    expect(decisionDocument.isSound?.({ ...withConsent, consent: 'refused' })).toBe(false);
  });
});
