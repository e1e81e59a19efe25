import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../platform/package-root.ts';
import { messageTemplates } from './message-templates.ts';

test('no message says anything about a young person, or that there is one', () => {
  for (const [name, template] of Object.entries(messageTemplates)) {
    const words = Object.values(template).join(' ');
    expect(words, name).not.toMatch(/young|child|person\b|victim|exploit|county lines|case\b|\bname/i);
    expect(template.subject.length, name).toBeLessThanOrEqual(78);
  }
});

/** Every kind of message that a policy or a command queues, where it is named in so many words. */
function queued(): string[] {
  const sources = ['db/policies', 'src'].flatMap((folder) =>
    readdirSync(join(packageRoot, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /(?<!\.test)\.(sql|ts|tsx)$/.test(file))
      .map((file) => readFileSync(join(packageRoot, folder, file), 'utf8')),
  );
  return sources.flatMap((source) =>
    [
      ...source.matchAll(
        /messages\.(?:tell\w*|queue)\((?:[^()']|\([^()]*\)|'(?:spoc|coordinator)')*'([a-z-]+)'/g,
      ),
    ]
      .map(([, name]) => name ?? '')
      // To whom, where what is told stands in a variable.
      .filter((name) => name !== 'spoc' && name !== 'coordinator'),
  );
}

test('every message that is queued has words of its own', () => {
  const names = queued();
  expect(names).toContain('credentials-changed');
  expect(names).toContain('referral-received');
  expect(names.filter((name) => !Object.hasOwn(messageTemplates, name))).toEqual([]);
});
