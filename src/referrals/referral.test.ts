import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ActionKind,
  actionInWords,
  after,
  allowedActions,
  decisionKinds,
  decisionReasons,
  defaultWords,
  fold,
  type ImportedDecision,
  type ImportedSupport,
  type ReferralAction,
  type ReferralKind,
  type ReferralState,
  referralAction,
  referralKinds,
  sentReferral,
  stageOfImported,
  stages,
  whyNot,
} from './referral.ts';

const people = ['0b1d1b54-1111-4111-8111-000000000001', '0b1d1b54-1111-4111-8111-000000000002'];
const [amina = '', tariq = ''] = people;
const team = { organisationId: amina, teamId: tariq, workerId: null, why: '' };

const anyAction: fc.Arbitrary<ReferralAction> = fc.oneof(
  fc.constant<ReferralAction>({ kind: 'referrer-verified' }),
  fc.constantFrom(...people).map((personId): ReferralAction => ({ kind: 'person-linked', personId })),
  fc.constantFrom(...people).map((personId): ReferralAction => ({ kind: 'person-set-apart', personId })),
  fc.string().map((words): ReferralAction => ({ kind: 'accepted', words })),
  fc.string().map((words): ReferralAction => ({ kind: 'declined', reason: 'other', words })),
  fc.string().map((to): ReferralAction => ({ kind: 'signposted', reason: 'other', to, words: '' })),
  fc.string().map((words): ReferralAction => ({ kind: 'kept-as-intelligence', words })),
  fc.constant<ReferralAction>({ kind: 'allocated', ...team }),
  fc.boolean().map((urgent): ReferralAction => ({ kind: 'triaged', urgent, note: '' })),
  fc
    .record({ words: fc.string(), why: fc.string() })
    .map((amended): ReferralAction => ({ kind: 'decision-amended', ...amended })),
  fc
    .string()
    .map((to): ReferralAction => ({ kind: 'decision-amended', reason: 'none', to, words: '', why: '' })),
  fc.constantFrom<ReferralAction>(
    { kind: 'decision-reversed', why: '' },
    { kind: 'promoted', why: '' },
    { kind: 'withdrawn', why: '' },
    { kind: 'information-added' },
    { kind: 'handed-back', organisationId: amina, reason: 'other', why: '' },
    { kind: 'closed', words: 'It ended well' },
  ),
);

/** What is left of some tried actions when those that may not be taken are refused, as the commands do. */
function taken(kind: ReferralKind, tried: readonly ReferralAction[]): ReferralAction[] {
  let state = sentReferral(kind);
  return tried.filter((action) => {
    if (whyNot(state, action) !== null) return false;
    state = after(state, action);
    return true;
  });
}

describe('whatever is tried, in whatever order', () => {
  const history = fc.tuple(fc.constantFrom(...referralKinds), fc.array(anyAction, { maxLength: 30 }));
  const always = (holds: (state: ReferralState, actions: ReferralAction[], kind: ReferralKind) => void) =>
    fc.assert(
      fc.property(history, ([kind, tried]) => {
        const actions = taken(kind, tried);
        for (let count = 0; count <= actions.length; count += 1) {
          const soFar = actions.slice(0, count);
          holds(fold(kind, soFar), soFar, kind);
        }
      }),
      { numRuns: 500 },
    );
  const count = (actions: readonly ReferralAction[], kinds: readonly ActionKind[]) =>
    actions.filter(({ kind }) => kinds.includes(kind)).length;

  test('nobody is accepted or allocated who is not matched, or for whom only intelligence was given', () => {
    always((state) => {
      if (state.stage !== 'accepted' && state.stage !== 'allocated') return;
      expect(state.personId).not.toBeNull();
      expect(state.kind).toBe('intervention');
    });
  });

  test('a decision stands from when it is taken until it is taken back, and there is one at most', () => {
    always((state, actions) => {
      const { decision: standing } = state;
      if (state.stage === 'received') expect(standing).toBeNull();
      else if (state.stage !== 'withdrawn') expect(standing).not.toBeNull();
      const takenBack = count(actions, ['decision-reversed', 'promoted']);
      expect(count(actions, decisionKinds)).toBeLessThanOrEqual(1 + takenBack);
    });
  });

  test('a referral is looked at once somebody of the service has done anything', () => {
    always((state, actions) => {
      const ofTheService = actions.filter(
        ({ kind }) => !['sent', 'withdrawn', 'information-added'].includes(kind),
      );
      expect(state.isTriaged).toBe(ofTheService.length > 0);
    });
  });

  test('nobody is both the young person and somebody else', () => {
    always((state) => {
      expect(new Set(state.setApart).size).toBe(state.setApart.length);
      if (state.personId !== null) expect(state.setApart).not.toContain(state.personId);
    });
  });

  test('the referrer has the words of the decision that stands, as it was last amended, and none where none does', () => {
    always(({ stage, wordsToReferrer, decision: standing }) => {
      if (stage === 'closed') expect(wordsToReferrer).toBe('It ended well');
      else if (standing === null) expect(wordsToReferrer).toBe('');
      else {
        expect(wordsToReferrer).toContain(standing.words.trim());
        expect(wordsToReferrer).toContain(standing.to.trim());
      }
    });
  });

  test('an action is stored and read again as it was', () => {
    fc.assert(
      fc.property(anyAction, (action) => {
        expect(referralAction.parse(JSON.parse(JSON.stringify(action)))).toEqual(action);
      }),
    );
  });
});

test('the table says what every stage allows, and names no stage or action that is not', () => {
  expect(Object.keys(allowedActions).sort()).toEqual([...stages].sort());
  for (const kinds of Object.values(allowedActions))
    for (const kind of kinds) expect(actionInWords).toHaveProperty(kind);
});

test('why an action cannot be done is said in words that tell what to do or what was done', () => {
  const received = sentReferral('intervention');
  const accepted: ReferralState = { ...received, personId: amina, stage: 'accepted' };
  expect(whyNot(received, { kind: 'accepted', words: '' })).toBe(
    'Match the young person first: link a record, or make one',
  );
  expect(whyNot(sentReferral('intelligence'), { kind: 'accepted', words: '' })).toBe(
    'An intelligence referral asks for no support, so there is nothing to accept',
  );
  expect(
    whyNot({ ...received, kind: 'intelligence', personId: amina }, { kind: 'accepted', words: '' }),
  ).toBe('An intelligence referral asks for no support, so there is nothing to accept');
  expect(whyNot(received, { kind: 'allocated', ...team })).toBe(
    'This cannot be done before the referral is decided',
  );
  expect(whyNot(accepted, { kind: 'declined', reason: 'other', words: '' })).toBe(
    'The referral has already been accepted',
  );
  expect(whyNot({ ...accepted, stage: 'allocated' }, { kind: 'allocated', ...team })).toBe(
    'The referral has already been allocated to a provider',
  );
  expect(whyNot(accepted, { kind: 'allocated', ...team })).toBeNull();
});

describe('a referral from the system before this one', () => {
  const imported = (decision: ImportedDecision, support: ImportedSupport = 'none') =>
    fold('intervention', [
      {
        kind: 'imported',
        personId: amina,
        area: 'E09000022',
        decision,
        decidedOn: null,
        reason: 'other',
        support,
      },
    ]);

  test.each([
    ['pending', 'none', 'received'],
    ['declined', 'none', 'declined'],
    ['signposted', 'none', 'signposted'],
    ['intelligence-only', 'none', 'intelligence-only'],
    ['accepted', 'none', 'accepted'],
    ['accepted', 'open', 'allocated'],
    ['accepted', 'closed', 'closed'],
  ] as const)('%s there, with support that is %s, is %s here', (decision, support, stage) => {
    expect(imported(decision, support)).toMatchObject({ stage, personId: amina });
    expect(stageOfImported(decision, support)).toBe(stage);
  });

  test('has the decision that was taken there and its reason, and can be worked with from then on', () => {
    expect(imported('declined').decision).toEqual({ kind: 'declined', reason: 'other', words: '', to: '' });
    expect(imported('declined').isTriaged).toBe(true);
    const waiting = imported('pending');
    expect(waiting).toMatchObject({ decision: null, isTriaged: false });
    expect(whyNot(waiting, { kind: 'accepted', words: '' })).toBeNull();
    expect(after(waiting, { kind: 'accepted', words: 'Yes' })).toMatchObject({ stage: 'accepted' });
  });
});

test('linking somebody who was set apart takes that back', () => {
  const state = fold('intervention', [
    { kind: 'sent' },
    { kind: 'person-set-apart', personId: amina },
    { kind: 'person-set-apart', personId: tariq },
    { kind: 'person-linked', personId: amina },
  ]);
  expect(state).toMatchObject({ personId: amina, setApart: [tariq] });
});

test('the words that stand ready for a referrer say no reason and nothing of the young person', () => {
  for (const words of Object.values(defaultWords)) {
    expect(words).not.toMatch(/already|known|record|case|criteria|consent|\bhe\b|\bshe\b/i);
    for (const { text } of decisionReasons) expect(words).not.toContain(text);
  }
});

test('what was amended of a decision stands, and what was not stays', () => {
  const signposted: ReferralAction = {
    kind: 'signposted',
    reason: 'other',
    to: 'A youth club',
    words: 'Sorry',
  };
  const amended: ReferralAction = { kind: 'decision-amended', words: 'We are sorry', why: 'Kinder' };
  const state = fold('intervention', [signposted, amended]);
  expect(state.decision).toEqual({
    kind: 'signposted',
    reason: 'other',
    to: 'A youth club',
    words: 'We are sorry',
  });
  expect(state.wordsToReferrer).toBe('We are sorry\n\nA youth club');
  expect(fold('intervention', [signposted, { kind: 'decision-reversed', why: '' }]).decision).toBeNull();
  const another = fold('intervention', [
    signposted,
    { ...amended, reason: 'at-risk-only', to: 'Another club' },
  ]);
  expect(another.decision).toMatchObject({ reason: 'at-risk-only', to: 'Another club' });
});
