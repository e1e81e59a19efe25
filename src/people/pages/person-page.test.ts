import { afterAll, beforeAll, expect, test } from 'vitest';
import { HttpVisitor } from '../../../test/support/http-visitor.ts';
import { someone, type TestService, testService } from '../../../test/support/service.ts';
import { LAMBETH, youngPerson } from '../../../test/support/young-person.ts';

let given: TestService;

beforeAll(async () => {
  given = await testService();
});
afterAll(() => given.stop());

test('a printed record says who printed it and when, and leaves out what can only be pressed', async () => {
  const amal = await someone(given.owner, 'coordinator', { areas: [LAMBETH], name: 'Amal Khan' });
  const { id } = await youngPerson(given.owner);
  const { html } = await new HttpVisitor(given, amal.cookie).get(`/people/${id}`);
  const onPaperOnly = /<p class="govuk-body hw-only-printed">([\s\S]*?)<\/p>/.exec(html)?.[1] ?? '';
  expect(onPaperOnly.replace(/<[^>]*>/g, '')).toMatch(
    /^Printed by Amal Khan, as they may see it on \d+ \w+ \d{4} at /,
  );
  const paper = html.replace(/<p class="govuk-body not-printed">[\s\S]*?<\/p>/g, '');
  for (const act of ['Correct the record', 'Another borough is responsible', 'Record that they have died']) {
    expect(html, act).toContain(act);
    expect(paper, act).not.toContain(act);
  }
});
