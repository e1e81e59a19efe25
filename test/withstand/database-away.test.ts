import { sql } from 'kysely';
import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { refusalPages } from '../../src/app/refusal-pages.tsx';
import { text } from '../../src/platform/forms/fields.ts';
import { FormTokensProvider } from '../../src/platform/forms/form.tsx';
import { csrfToken } from '../../src/platform/http/csrf.ts';
import { missing, page, show } from '../../src/platform/http/page.ts';
import { createServer } from '../../src/platform/http/server.ts';
import { type Someone, someone, type TestService, testService } from '../support/service.ts';

const SUBMISSION = '7d3a2f8e-1111-4222-8333-944455556666';
let given: TestService;
let manager: Someone;
beforeAll(async () => {
  given = await testService();
  manager = await someone(given.owner, 'operations-manager');
});
afterAll(() => given.stop());

test('whoever sends a form while the database goes away is told to wait, and has what was typed to send again', async () => {
  const doomed = page({
    path: '/doomed',
    for: ['operations-manager'],
    form: z.object({ words: text({ called: 'Words', most: 100 }) }),
    get: async () => show('Doomed', ''),
    async post({ tx }) {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
      await given.owner.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
      await sql`select pg_sleep(5)`.execute(tx);
      return missing();
    },
  });
  const server = await createServer({
    service: given.service,
    pages: [doomed],
    draw: ({ title, body, tokens }) => title + renderToString(h(FormTokensProvider, { value: tokens }, body)),
    refusalPages,
    signInAddress: () => '/',
    signInAgainAddress: () => '/',
  });
  const send = (csrf: string) =>
    server.inject({
      method: 'POST',
      url: '/doomed',
      headers: { cookie: manager.cookie, 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({
        _csrf: csrf,
        _submission: SUBMISSION,
        _password: 'hunter2',
        words: 'What he said "today"',
      }).toString(),
    });
  const reply = await send(csrfToken(given.service.keyring, manager.token));
  expect(reply.statusCode).toBe(503);
  expect(reply.body).toContain('The service is starting again');
  expect(reply.body).toContain('name="words" value="What he said &quot;today&quot;"');
  // Under its own id: sent twice, it is carried out once.
  expect(reply.body).toContain(SUBMISSION);
  expect(reply.body).not.toContain('hunter2');
  await server.close();
});
