import { createHash, randomUUID } from 'node:crypto';
import { ATTACHMENT_BOX } from '../../attachments/index.ts';
import { type Cast, named, type Row, type Teller } from './teller.ts';

const files = {
  plan: {
    name: 'What we agreed at the meeting.txt',
    text: `What we agreed at the meeting (invented, for a demonstration)

- School: a trusted adult meets Tariq at the gate each morning.
- Social worker: the NRM referral by Friday.
- Police: who the car belongs to.
- His worker: tells Tariq what was agreed, tomorrow.
`,
  },
  letter: {
    name: 'Letter from the school.txt',
    text: `Letter from the school (invented, for a demonstration)

Max has missed eleven drama rehearsals since half term. They used to come to every one.
They told a teaching assistant: "it is easier to just do what they say".
`,
  },
} as const;

/** A file on a record and one with a referral, both found to be clean. */
export async function tellFiles(teller: Teller, { supported, referred }: Cast): Promise<void> {
  const tariq = named(supported, 'Mensah-Doyle');
  await teller.as(tariq.worker);
  await put(teller, files.plan, 17, {
    person_id: tariq.personId,
    organisation_id: tariq.provider.organisationId,
    uploaded_by: tariq.worker.id,
  });
  const max = named(referred, 'Featherstonehaugh-Okonkwo');
  await put(teller, files.letter, 5, { referral_id: max.referralId, uploaded_by: max.referrerId });
  for (const [kind, words, daysAgo] of [
    ['file', '', 5],
    ['information', 'Max came to school today with a new phone and would not say whose it is.', 3],
  ] as const)
    await teller.insert('service.referral_addition', {
      referral_id: max.referralId,
      kind,
      words,
      added_at: teller.at(daysAgo, 12),
    });
}

async function put(
  { insert, at, keyring }: Teller,
  { name, text }: { name: string; text: string },
  daysAgo: number,
  where: Row,
): Promise<void> {
  const id = randomUUID();
  const content = Buffer.from(text);
  await insert('service.attachment', {
    id,
    ...where,
    name,
    type: 'text',
    size: content.length,
    sha256: createHash('sha256').update(content).digest(),
    state: 'clean',
    uploaded_at: at(daysAgo, 12),
    scanned_at: at(daysAgo, 12),
  });
  await insert('service.attachment_content', {
    attachment_id: id,
    content_sealed: Buffer.from(keyring.box(ATTACHMENT_BOX).seal(content, id)),
  });
}
