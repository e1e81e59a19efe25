import { describe, expect, it } from 'vitest';
import { type AskedRole, isReviewDue, type Place, roleToAskFor } from './role-place.ts';

const service: Place = { id: 'service', kind: 'service', hasApprover: true, teams: [], areas: [] };
const borough: Place = {
  id: 'borough',
  kind: 'local-authority',
  hasApprover: true,
  teams: [],
  areas: ['E1'],
};
const arealess: Place = { ...borough, id: 'arealess', areas: [] };
const provider: Place = {
  id: 'provider',
  kind: 'provider',
  hasApprover: true,
  teams: [{ id: 'team' }],
  areas: [],
};
const silent: Place = {
  id: 'silent',
  kind: 'provider',
  hasApprover: false,
  teams: [{ id: 'silent-team' }],
  areas: [],
};
const places = [service, borough, arealess, provider, silent];
const ask = (role: Parameters<typeof roleToAskFor>[0], asked: Partial<AskedRole>) =>
  roleToAskFor(role, { organisation: '', team: '', areas: [], ...asked }, places, ['E1', 'E2']);

describe('a role that is asked for', () => {
  it('is held where its kind is held', () => {
    expect(ask('administrator', { organisation: 'service' })).toEqual({
      ok: true,
      wanted: { role: 'administrator', organisationId: 'service', teamId: null, areas: [] },
    });
    expect(ask('administrator', { organisation: 'provider' })).toMatchObject({
      ok: false,
      fault: { field: 'organisation' },
    });
  });

  it('in a team is held in its organisation, whatever else was typed', () => {
    expect(ask('caseworker', { team: 'team', organisation: 'service', areas: ['E1'] })).toEqual({
      ok: true,
      wanted: { role: 'caseworker', organisationId: 'provider', teamId: 'team', areas: [] },
    });
    expect(ask('caseworker', { organisation: 'provider' })).toMatchObject({ fault: { field: 'team' } });
  });

  it('for areas needs some, each of them real, and counts each once', () => {
    expect(ask('coordinator', { organisation: 'service', areas: ['E1', 'E2', 'E1'] })).toMatchObject({
      wanted: { areas: ['E1', 'E2'] },
    });
    expect(ask('coordinator', { organisation: 'service' })).toMatchObject({ fault: { field: 'areas' } });
    expect(ask('coordinator', { organisation: 'service', areas: ['E1', 'E9'] })).toMatchObject({
      fault: { field: 'areas' },
    });
  });

  it('of a council’s contact is for the areas of that council, whatever was typed', () => {
    expect(ask('spoc', { organisation: 'borough', areas: ['E2'] })).toMatchObject({
      wanted: { areas: ['E1'] },
    });
    expect(ask('spoc', { organisation: 'arealess', areas: ['E2'] })).toMatchObject({
      ok: false,
      fault: { field: 'organisation', message: expect.stringContaining('which areas') },
    });
  });

  it('needs somebody who could give it', () => {
    expect(ask('caseworker', { team: 'silent-team' })).toMatchObject({
      fault: { field: 'team', message: expect.stringContaining('Nobody speaks') },
    });
    expect(ask('provider-manager', { organisation: 'silent' })).toMatchObject({
      fault: { field: 'organisation' },
    });
  });
});

it('is reviewed each quarter: 92 days are in time, a moment more is not', () => {
  const reviewed = new Date('2026-08-22T10:00:00Z');
  expect(isReviewDue(reviewed, new Date('2026-11-22T10:00:00Z'))).toBe(false);
  expect(isReviewDue(reviewed, new Date('2026-11-22T10:00:01Z'))).toBe(true);
});
