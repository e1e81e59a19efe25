import { afterAll, beforeAll, expect, test } from 'vitest';
import { refusalPages } from '../../src/app/refusal-pages.tsx';
import { recordCommand } from '../../src/platform/audit/record.ts';
import { csrfToken } from '../../src/platform/http/csrf.ts';
import { page, redirect, show } from '../../src/platform/http/page.ts';
import { createServer } from '../../src/platform/http/server.ts';
import { type Someone, someone, type TestService, testService } from '../support/service.ts';

let given: TestService;
let coordinator: Someone;
beforeAll(async () => {
  given = await testService();
  coordinator = await someone(given.owner, 'coordinator', { areas: ['E09000022'] });
});
afterAll(() => given.stop());

test('a form about what is no longer theirs is undone, shown again while its page opens, and in the audit', async () => {
  const elsewhere = page({
    path: '/elsewhere',
    for: ['coordinator'],
    get: async () => show('Elsewhere', ''),
    async post({ tx }) {
      await recordCommand(tx, { action: 'make-person', subject: { kind: 'person', id: null }, detail: {} });
      await tx
        .insertInto('service.person')
        .values({
          family_name: 'Outofreach',
          name_key: 'outofreach',
          date_of_birth_precision: 'not-known',
          gender: 'unknown',
          ethnicity: 'NOBT',
          area: 'E09000025',
        })
        .execute();
      return redirect('/elsewhere');
    },
  });
  const server = await createServer({
    service: given.service,
    pages: [elsewhere],
    draw: ({ title }) => title,
    refusalPages,
    signInAddress: () => '/',
    signInAgainAddress: () => '/',
  });
  const reply = await server.inject({
    method: 'POST',
    url: '/elsewhere',
    headers: { cookie: coordinator.cookie, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({
      _csrf: csrfToken(given.service.keyring, coordinator.token),
      _submission: '7d3a2f8e-1111-4222-8333-944455556667',
    }).toString(),
  });
  expect(reply.statusCode).toBe(409);
  expect(reply.body).toBe('Elsewhere');
  const { rows } = await given.owner.query(
    `select e.action, e.outcome, e.actor_id, convert_from(e.body, 'UTF8')::jsonb -> 'detail' as detail
     from audit.entry e where e.actor_id = $1 and e.action in ('make-person', 'out-of-reach')`,
    [coordinator.accountId],
  );
  expect(rows).toEqual([
    {
      action: 'out-of-reach',
      outcome: 'refused',
      actor_id: coordinator.accountId,
      detail: { page: '/elsewhere' },
    },
  ]);
  const { rows: people } = await given.owner.query(
    `select from service.person where name_key = 'outofreach'`,
  );
  expect(people).toEqual([]);
  await server.close();
});
