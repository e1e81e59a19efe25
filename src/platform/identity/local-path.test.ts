import { describe, expect, it } from 'vitest';
import { localPath } from './local-path.ts';

describe('an address to go to after signing in', () => {
  it.each(['/', '/people/0190/notes/new', '/queue?after=01-02', '/a//b', "/o'brien"])('may be %s', (path) => {
    expect(localPath(path)).toBe(path);
  });

  it.each([
    undefined,
    '',
    'people',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/..//evil.example',
    '/.//evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    'https://evil.example/',
    'javascript:alert(1)',
    ' /people',
    '/people#x',
    '/sign-in?return=/people',
    '/sign-out',
    '/x/../sign-out',
    '/set-up-account?token=x',
  ])('is not %j', (path) => {
    expect(localPath(path)).toBeNull();
  });
});
