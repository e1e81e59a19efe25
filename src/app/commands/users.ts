import { z } from 'zod';
import {
  addAccountByOperator,
  disableAccountByOperator,
  resetAccountByOperator,
  type SentLink,
} from '../../organisations/index.ts';
import { formatLondon } from '../../platform/clock/london-time.ts';
import { createKeyring, type Keyring } from '../../platform/crypto/sealed-box.ts';
import { asOperator } from '../../platform/database/as-operator.ts';
import { prepareDatabase } from '../../platform/database/prepare-database.ts';
import { reachDatabase } from '../../platform/database/reach-database.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { type StaffRole, staffRoles } from '../../platform/identity/staff-roles.ts';
import { Refusal } from '../../platform/refusal.ts';
import { applicationSecret } from '../../platform/settings.ts';
import { type Command, type Invocation, UsageError } from '../command-line.ts';

export const add: Command = {
  usage: 'users add EMAIL --name NAME --role ROLE [--organisation NAME] [--approver] [--json]',
  summary: 'Makes the first accounts: an administrator, who asks for roles, and an approver, who gives them.',
  words: 1,
  options: {
    name: { type: 'string' },
    role: { type: 'string' },
    organisation: { type: 'string' },
    approver: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  async run(invocation) {
    const { options } = invocation;
    const email = emailOf(invocation);
    const name = textOf(options.name)?.trim();
    if (!name) throw new UsageError('--name is missing.');
    const role = roleOf(textOf(options.role));
    const organisation = textOf(options.organisation);
    const approver = options.approver === true;
    const sent = await operate(invocation, 'users-add', (tx, keyring) =>
      addAccountByOperator(tx, { keyring }, { email, name, role, organisation, approver }),
    );
    tellLink(invocation, email, sent);
  },
};

export const disable: Command = {
  usage: 'users disable EMAIL [--json]',
  summary: 'Closes an account and ends its sessions at once.',
  words: 1,
  options: { json: { type: 'boolean' } },
  async run(invocation) {
    const email = emailOf(invocation);
    const account = await operate(invocation, 'users-disable', (tx) => disableAccountByOperator(tx, email));
    const { options, print } = invocation;
    print(options.json ? JSON.stringify({ account, email }) : `The account of ${email} is closed.`);
  },
};

export const reset: Command = {
  usage: 'users reset EMAIL [--json]',
  summary: 'Sends a new link to set an account up with.',
  words: 1,
  options: { json: { type: 'boolean' } },
  async run(invocation) {
    const email = emailOf(invocation);
    const sent = await operate(invocation, 'users-reset', (tx, keyring) =>
      resetAccountByOperator(tx, { keyring }, email),
    );
    tellLink(invocation, email, sent);
  },
};

/** Reaches the database, brings it up to date on a developer's machine as serving does, and works as its owner. */
async function operate<Result>(
  { settings }: Invocation,
  task: string,
  work: (tx: Transaction, keyring: Keyring) => Promise<Result>,
): Promise<Result> {
  const secret = await applicationSecret(settings);
  const keyring = createKeyring(secret);
  const { connections, release } = await reachDatabase(settings);
  try {
    if (settings.environment === 'development') await prepareDatabase(connections, secret, keyring);
    return await asOperator(connections, task, (tx) => work(tx, keyring));
  } finally {
    await release();
  }
}

function tellLink({ settings, options, print }: Invocation, email: string, sent: SentLink): void {
  const link = `${settings.publicUrl}${sent.path}`;
  if (options.json) {
    print(JSON.stringify({ account: sent.accountId, email, link, until: sent.until.toISOString() }));
    return;
  }
  print(
    `A link to set up the account of ${email} is on its way. It works once, until ${formatLondon(sent.until)}:`,
  );
  print(link);
}

function emailOf({ words: [typed = ''] }: Invocation): string {
  const email = z.email().safeParse(typed);
  if (!email.success) throw new Refusal(`"${typed}" is no email address`);
  return email.data;
}

function roleOf(typed: string | undefined): StaffRole {
  const role = staffRoles.find((known) => known === typed);
  if (!role) throw new UsageError(`--role is one of ${staffRoles.join(', ')}.`);
  return role;
}

function textOf(option: Invocation['options'][string]): string | undefined {
  return typeof option === 'string' ? option : undefined;
}
