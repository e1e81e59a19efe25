import { afterAll, beforeAll, expect, test } from 'vitest';
import { HttpVisitor } from '../../../test/support/http-visitor.ts';
import { type TestService, testService } from '../../../test/support/service.ts';
import { makeDemonstration } from './make-demonstration.ts';

let given: TestService;

beforeAll(async () => {
  given = await testService({ demonstration: true });
});
afterAll(() => given.stop());

const privacy = async () => (await new HttpVisitor(given).get('/privacy')).text;

test('the privacy page says who answers for the service, as far as it knows', async () => {
  expect(await privacy()).toContain('The organisation that runs this service decides what is kept here');
  await makeDemonstration(given.owner, given.service.keyring, new Date());
  const told = await privacy();
  expect(told).toContain('Homeward demonstration service decides what is kept here and why');
  expect(told).toContain('by email to gethin.pryce@homeward.example');
  await given.owner.query("update identity.organisation set contact = null where kind = 'service'");
  expect(await privacy()).toContain('ask the person who told you about this service whom to write to');
});

test('every organisation has somebody who speaks for it, so that roles can be given there', async () => {
  const { rows } = await given.owner.query<{ name: string }>(
    `select o.name from identity.organisation o
     where not exists (select from identity.approver p where p.organisation_id = o.id and p.ended_at is null)`,
  );
  expect(rows).toEqual([]);
  expect((await given.owner.query('select from identity.organisation')).rowCount).toBeGreaterThan(10);
});
