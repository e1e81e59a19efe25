import { describe, expect, test } from 'vitest';
import { plainDate } from '../platform/clock/plain-date.ts';
import {
  type AssessmentStage,
  changeSinceStart,
  type NeedLevel,
  type NeedsAssessment,
  needChange,
  needDomains,
} from './needs.ts';

function assessed(stage: AssessmentStage, on: string, housing: NeedLevel): NeedsAssessment {
  return {
    id: on,
    organisationId: 'ours',
    organisationName: 'Ours',
    stage,
    assessedOn: plainDate(on),
    reviewDueOn: null,
    byName: null,
    needs: { housing: { level: housing, words: '', view: null } },
  };
}

test.each<[NeedLevel | undefined, NeedLevel | undefined, string]>([
  ['high', 'none', 'less'],
  ['some', 'some', 'same'],
  ['none', 'some', 'more'],
  ['not-known', 'some', 'unclear'],
  ['some', 'not-known', 'unclear'],
  [undefined, 'none', 'unclear'],
])('from %s to %s is %s', (from, to, change) => {
  expect(needChange(from, to)).toBe(change);
});

describe('what changed since the start', () => {
  test('is from the start to the newest, in every domain', () => {
    const change = changeSinceStart([
      assessed('close', '2026-06-01', 'none'),
      assessed('review', '2026-03-01', 'some'),
      assessed('start', '2026-01-01', 'high'),
    ]);
    expect(change?.start.id).toBe('2026-01-01');
    expect(change?.latest.id).toBe('2026-06-01');
    expect(change?.domains).toHaveLength(needDomains.length);
    expect(change?.domains.find(({ domain }) => domain === 'housing')).toEqual({
      domain: 'housing',
      from: 'high',
      to: 'none',
      change: 'less',
    });
  });

  test('begins anew where support did', () => {
    const change = changeSinceStart([
      assessed('review', '2026-06-01', 'some'),
      assessed('start', '2026-05-01', 'none'),
      assessed('close', '2025-06-01', 'none'),
      assessed('start', '2025-01-01', 'high'),
    ]);
    expect(change?.start.id).toBe('2026-05-01');
    expect(change?.domains.find(({ domain }) => domain === 'housing')?.change).toBe('more');
  });

  test.each([
    ['nothing is recorded', []],
    ['there is only the start', [assessed('start', '2026-01-01', 'high')]],
    ['no start was recorded', [assessed('review', '2026-03-01', 'some')]],
    [
      'support began again and nothing came after',
      [assessed('start', '2026-05-01', 'some'), assessed('close', '2025-06-01', 'none')],
    ],
  ])('is not said where %s', (_why, assessments) => {
    expect(changeSinceStart(assessments)).toBeNull();
  });
});
