import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { Refusal } from '../platform/refusal.ts';
import { filesIn } from './files-in.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'homeward-files-in-'));
  return () => rm(folder, { recursive: true, force: true });
});

test('takes the files of a folder and links to files, in the order of their names', async () => {
  await writeFile(join(folder, 'notes.txt'), 'x');
  await writeFile(join(folder, '.hidden'), 'x');
  await symlink('notes.txt', join(folder, 'events.csv'));
  await mkdir(join(folder, 'older'));
  const files = await filesIn(folder);
  expect(files.map(({ name }) => name)).toEqual(['events.csv', 'notes.txt']);
  const pieces: Uint8Array[] = [];
  for await (const piece of files[0]?.read() ?? []) pieces.push(piece);
  expect(Buffer.concat(pieces).toString()).toBe('x');
});

test.each<[string, () => unknown, string]>([
  ['a pipe', () => execFileSync('mkfifo', [join(folder, 'support.csv')]), 'is not a regular file'],
  ['a device', () => symlink('/dev/zero', join(folder, 'support.csv')), 'is not a regular file'],
  ['a folder', () => mkdir(join(folder, 'support.csv')), 'is a folder'],
  ['a link to a folder', () => symlink('.', join(folder, 'support.csv')), 'is a folder'],
  ['a link to nothing', () => symlink('nowhere', join(folder, 'support.csv')), 'is a link to a file that is'],
  ['a link to itself', () => symlink('support.csv', join(folder, 'support.csv')), 'is a link to a file that'],
])('refuses %s in the place of a file, by its name', async (_what, make, says) => {
  await make();
  await expect(filesIn(folder)).rejects.toThrow(Refusal);
  await expect(filesIn(folder)).rejects.toThrow(`support.csv ${says}`);
});
