import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { ignore } from './error-code.ts';
import { syncFolder } from './files/sync.ts';
import { Refusal } from './refusal.ts';

/** How messages leave: undefined in development means that they stay in the outbox page. */
export type MessageProvider =
  | {
      readonly kind: 'notify';
      readonly apiKey: string;
      readonly templateId: string;
      readonly url: string | undefined;
    }
  | { readonly kind: 'smtp'; readonly url: string; readonly from: string };

export interface Settings {
  readonly environment: 'development' | 'production';
  /** A PostgreSQL server; undefined for the embedded one under `dataDir`. */
  readonly databaseUrl: string | undefined;
  /** A replica to read from; the same as `databaseUrl` when none is set. */
  readonly databaseReadUrl: string | undefined;
  /** An absolute path. */
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  /** What links in messages begin with, without a slash at the end. */
  readonly publicUrl: string;
  /** HOMEWARD_SECRET as it was set; ask `applicationSecret` for the one to use. */
  readonly secret: string | undefined;
  /** Whether `serve` does the background work too. */
  readonly worker: boolean;
  readonly messages: MessageProvider | undefined;
  /** Where signed audit checkpoints go, outside this machine: a folder, an e-mail address. */
  readonly checkpointFolder: string | undefined;
  readonly checkpointEmail: string | undefined;
  /** Where ClamAV's clamd listens, `host:port` or a socket's path: undefined in development alone. */
  readonly clamav: string | undefined;
  /** What backups are sealed with, where it is not the service's secret. */
  readonly backupPassphrase: string | undefined;
}

const SECRET_LENGTH = 32;
const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

const ONLY_LOOPBACK =
  'HOMEWARD_HOST must be 127.0.0.1 in development: set HOMEWARD_ENV=production to serve other machines';

const emailAddress = z.email('must be an email address');
const postgresUrl = z.string().regex(/^postgres(ql)?:\/\//, 'must begin with postgresql://');
const siteAddress = (example: string) =>
  z
    .url({ protocol: /^https?$/, error: `must be an address such as ${example}` })
    .transform((url) => new URL(url))
    .refine((url) => url.pathname === '/' && !url.search && !url.hash && !url.username && !url.password, {
      error: 'must have nothing after the name of the site',
    })
    .transform((url) => url.origin);

const variables = z.object({
  HOMEWARD_ENV: z.enum(['development', 'production'], 'must be development or production').optional(),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_READ_URL: postgresUrl.optional(),
  HOMEWARD_DATA_DIR: z.string().optional(),
  HOMEWARD_HOST: z.string().optional(),
  HOMEWARD_PORT: z
    .string()
    .refine(
      (text) => /^[1-9]\d{0,4}$/.test(text) && Number(text) <= 65_535,
      'must be a number from 1 to 65535',
    )
    .transform(Number)
    .optional(),
  HOMEWARD_PUBLIC_URL: siteAddress('https://homeward.example.org').optional(),
  HOMEWARD_SECRET: z.string().min(SECRET_LENGTH, `must have at least ${SECRET_LENGTH} characters`).optional(),
  HOMEWARD_WORKER: z.enum(['on', 'off'], 'must be on or off').optional(),
  HOMEWARD_NOTIFY_API_KEY: z.string().optional(),
  HOMEWARD_NOTIFY_TEMPLATE_ID: z.uuid('must be the id of a template of GOV.UK Notify').optional(),
  HOMEWARD_NOTIFY_URL: siteAddress('https://api.notifications.service.gov.uk').optional(),
  HOMEWARD_SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: 'must be an address such as smtps://mail.example.org' })
    .optional(),
  HOMEWARD_MAIL_FROM: emailAddress.optional(),
  HOMEWARD_CHECKPOINTS: z.string().optional(),
  HOMEWARD_CHECKPOINT_EMAIL: emailAddress.optional(),
  HOMEWARD_CLAMAV: z
    .string()
    .regex(/^(\/.+|[^\s/:]+:[1-9]\d{0,4})$/, 'must be host:port or the path of a socket')
    .optional(),
  HOMEWARD_BACKUP_PASSPHRASE: z.string().min(12, 'must have at least 12 characters').optional(),
});

type Variables = z.infer<typeof variables>;

/**
 * The settings of `docs/operations.md`, read from the environment. An empty variable counts as not set. Values
 * are never repeated in a fault, since several are secret.
 *
 * @throws Refusal with one line for each fault.
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(
    Object.keys(variables.shape)
      .map((name) => [name, env[name]] as const)
      .filter(([, value]) => value !== undefined && value !== ''),
  );
  const faults = (variables.safeParse(given).error?.issues ?? []).map((issue) => ({
    name: String(issue.path[0]),
    fault: issue.message,
  }));
  const sound = Object.entries(given).filter(([name]) => !faults.some((fault) => fault.name === name));
  const values = variables.parse(Object.fromEntries(sound));
  const lines = [
    ...faults.map(({ name, fault }) => `${name} ${fault}`),
    ...faultsBetween(values, (name) => name in given),
  ];
  if (lines.length > 0) throw new Refusal(lines.join('\n'));

  const port = values.HOMEWARD_PORT ?? 3000;
  return {
    environment: values.HOMEWARD_ENV ?? 'development',
    databaseUrl: values.DATABASE_URL,
    databaseReadUrl: values.DATABASE_READ_URL ?? values.DATABASE_URL,
    dataDir: resolve(values.HOMEWARD_DATA_DIR ?? 'var'),
    host: values.HOMEWARD_HOST ?? '127.0.0.1',
    port,
    publicUrl: values.HOMEWARD_PUBLIC_URL ?? `http://localhost:${port}`,
    secret: values.HOMEWARD_SECRET,
    worker: values.HOMEWARD_WORKER !== 'off',
    messages: messageProvider(values),
    checkpointFolder: values.HOMEWARD_CHECKPOINTS && resolve(values.HOMEWARD_CHECKPOINTS),
    checkpointEmail: values.HOMEWARD_CHECKPOINT_EMAIL,
    clamav: values.HOMEWARD_CLAMAV,
    backupPassphrase: values.HOMEWARD_BACKUP_PASSPHRASE,
  };
}

/** What is wrong with settings that are each right. `isSet` knows of faulty ones too, which have their own line. */
function faultsBetween(values: Variables, isSet: (name: keyof Variables) => boolean): string[] {
  const faults: string[] = [];
  const unless = (sound: boolean, fault: string) => {
    if (!sound) faults.push(fault);
  };
  const notify = isSet('HOMEWARD_NOTIFY_API_KEY');
  const smtp = isSet('HOMEWARD_SMTP_URL');
  unless(!(notify && smtp), 'HOMEWARD_NOTIFY_API_KEY and HOMEWARD_SMTP_URL are both set: choose one of them');
  unless(
    !notify || isSet('HOMEWARD_NOTIFY_TEMPLATE_ID'),
    'HOMEWARD_NOTIFY_TEMPLATE_ID must be set when HOMEWARD_NOTIFY_API_KEY is',
  );
  unless(!smtp || isSet('HOMEWARD_MAIL_FROM'), 'HOMEWARD_MAIL_FROM must be set when HOMEWARD_SMTP_URL is');
  unless(
    isSet('DATABASE_URL') || !isSet('DATABASE_READ_URL'),
    'DATABASE_READ_URL needs DATABASE_URL as well',
  );

  if (values.HOMEWARD_ENV === 'production') {
    unless(isSet('DATABASE_URL'), 'DATABASE_URL must be set in production');
    unless(
      isSet('HOMEWARD_SECRET'),
      `HOMEWARD_SECRET must be set in production (${SECRET_LENGTH} characters or more)`,
    );
    unless(isSet('HOMEWARD_PUBLIC_URL'), 'HOMEWARD_PUBLIC_URL must be set in production');
    unless(
      values.HOMEWARD_PUBLIC_URL?.startsWith('https://') ?? true,
      'HOMEWARD_PUBLIC_URL must begin with https:// in production',
    );
    unless(notify || smtp, 'HOMEWARD_NOTIFY_API_KEY or HOMEWARD_SMTP_URL must be set in production');
    unless(
      isSet('HOMEWARD_CLAMAV'),
      'HOMEWARD_CLAMAV must be set in production: uploaded files are looked through for viruses',
    );
  } else if (!isSet('HOMEWARD_ENV') || values.HOMEWARD_ENV === 'development') {
    unless(LOOPBACK.includes(values.HOMEWARD_HOST ?? '127.0.0.1'), ONLY_LOOPBACK);
  }
  return faults;
}

function messageProvider(values: Variables): MessageProvider | undefined {
  if (values.HOMEWARD_NOTIFY_API_KEY && values.HOMEWARD_NOTIFY_TEMPLATE_ID) {
    return {
      kind: 'notify',
      apiKey: values.HOMEWARD_NOTIFY_API_KEY,
      templateId: values.HOMEWARD_NOTIFY_TEMPLATE_ID,
      url: values.HOMEWARD_NOTIFY_URL,
    };
  }
  if (values.HOMEWARD_SMTP_URL && values.HOMEWARD_MAIL_FROM) {
    return { kind: 'smtp', url: values.HOMEWARD_SMTP_URL, from: values.HOMEWARD_MAIL_FROM };
  }
  return undefined;
}

/**
 * The secret that keys are derived from: HOMEWARD_SECRET, else (in development only) one that is made once and
 * kept in the data directory, where only the user who runs the service can read it. Two processes that make it
 * at once end with the same one, and a kill leaves either none or the whole of it.
 */
export async function applicationSecret({ secret, dataDir }: Settings): Promise<string> {
  if (secret) return secret;
  const path = join(dataDir, 'secret');
  const kept = await readFile(path, 'utf8').catch(ignore('ENOENT'));
  if (kept) return kept;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const draft = `${path}.new-${randomBytes(6).toString('hex')}`;
  await writeFile(draft, randomBytes(32).toString('base64url'), { mode: 0o600, flush: true });
  await link(draft, path).catch(ignore('EEXIST'));
  await rm(draft);
  await syncFolder(dataDir);
  return readFile(path, 'utf8');
}
