import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/platform/package-root.ts';

/** What people read, line by line: the sources without their comments, and the documents. */
function linesThatPeopleRead(): { place: string; line: string }[] {
  const inFolder = (folder: string, wanted: RegExp) =>
    readdirSync(join(packageRoot, folder), { recursive: true })
      .map(String)
      .filter((name) => wanted.test(name))
      .map((name) => join(folder, name));
  const files = ['README.md', ...inFolder('docs', /\.md$/), ...inFolder('src', /(?<!\.test)\.tsx?$/)];
  return files.flatMap((file) =>
    readFileSync(join(packageRoot, file), 'utf8')
      .split('\n')
      .map((line, n) => ({ place: `${file}:${n + 1}`, line }))
      .filter(({ line }) => file.endsWith('.md') || !/^\s*(\*|\/\*|\/\/|\{\/\*)/.test(line)),
  );
}

test('email is written as people write it', () => {
  const lines = linesThatPeopleRead();
  expect(lines.length).toBeGreaterThan(10_000);
  expect(lines.filter(({ line }) => /\be-mail/i.test(line)).map(({ place }) => place)).toEqual([]);
});
