import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Refusal } from './refusal.ts';
import { applicationSecret, readSettings } from './settings.ts';

const TEMPLATE = '6b1f3c1e-5d0a-4f0e-9c0c-2f6d7f0a1b2c';
const production = {
  HOMEWARD_ENV: 'production',
  DATABASE_URL: 'postgresql://homeward_web@db.example.org/homeward',
  HOMEWARD_SECRET: 'a'.repeat(32),
  HOMEWARD_PUBLIC_URL: 'https://homeward.example.org/',
  HOMEWARD_NOTIFY_API_KEY: 'key',
  HOMEWARD_NOTIFY_TEMPLATE_ID: TEMPLATE,
  HOMEWARD_CLAMAV: '127.0.0.1:3310',
};

function faults(env: Record<string, string>): string[] {
  try {
    readSettings(env);
  } catch (error) {
    expect(error).toBeInstanceOf(Refusal);
    return String(error instanceof Error && error.message).split('\n');
  }
  return [];
}

describe('readSettings', () => {
  it('needs nothing in development', () => {
    expect(readSettings({})).toEqual({
      environment: 'development',
      databaseUrl: undefined,
      databaseReadUrl: undefined,
      dataDir: resolve('var'),
      host: '127.0.0.1',
      port: 3000,
      publicUrl: 'http://localhost:3000',
      secret: undefined,
      worker: true,
      messages: undefined,
      checkpointFolder: undefined,
      checkpointEmail: undefined,
    });
  });

  it('takes an empty variable for one that is not set', () => {
    expect(readSettings({ HOMEWARD_PORT: '', DATABASE_URL: '' })).toEqual(readSettings({}));
  });

  it('reads every setting', () => {
    const settings = readSettings({
      ...production,
      HOMEWARD_NOTIFY_API_KEY: '',
      DATABASE_READ_URL: 'postgres://replica/homeward',
      HOMEWARD_DATA_DIR: '/srv/homeward',
      HOMEWARD_HOST: '0.0.0.0',
      HOMEWARD_PORT: '8443',
      HOMEWARD_WORKER: 'off',
      HOMEWARD_SMTP_URL: 'smtps://mail.example.org',
      HOMEWARD_MAIL_FROM: 'homeward@example.org',
      HOMEWARD_CHECKPOINTS: '/mnt/elsewhere',
      HOMEWARD_CHECKPOINT_EMAIL: 'witness@example.org',
      HOMEWARD_BACKUP_PASSPHRASE: 'kept in two safes',
    });
    expect(settings).toEqual({
      environment: 'production',
      databaseUrl: production.DATABASE_URL,
      databaseReadUrl: 'postgres://replica/homeward',
      dataDir: '/srv/homeward',
      host: '0.0.0.0',
      port: 8443,
      publicUrl: 'https://homeward.example.org',
      secret: production.HOMEWARD_SECRET,
      worker: false,
      messages: { kind: 'smtp', url: 'smtps://mail.example.org', from: 'homeward@example.org' },
      checkpointFolder: '/mnt/elsewhere',
      checkpointEmail: 'witness@example.org',
      clamav: '127.0.0.1:3310',
      backupPassphrase: 'kept in two safes',
    });
    expect(readSettings(production).messages).toEqual({
      kind: 'notify',
      apiKey: 'key',
      templateId: TEMPLATE,
      url: undefined,
    });
    expect(readSettings(production).databaseReadUrl).toBe(production.DATABASE_URL);
  });

  it('lists all that production lacks, a line each', () => {
    expect(faults({ HOMEWARD_ENV: 'production' })).toEqual([
      'DATABASE_URL must be set in production',
      'HOMEWARD_SECRET must be set in production (32 characters or more)',
      'HOMEWARD_PUBLIC_URL must be set in production',
      'HOMEWARD_NOTIFY_API_KEY or HOMEWARD_SMTP_URL must be set in production',
      'HOMEWARD_CLAMAV must be set in production: uploaded files are looked through for viruses',
    ]);
    expect(faults(production)).toEqual([]);
  });

  it('tells of malformed and of missing settings together, each once', () => {
    expect(
      faults({
        HOMEWARD_ENV: 'production',
        DATABASE_URL: 'mysql://x',
        HOMEWARD_SECRET: 'short',
        HOMEWARD_PORT: '0',
      }),
    ).toEqual([
      'DATABASE_URL must begin with postgresql://',
      'HOMEWARD_PORT must be a number from 1 to 65535',
      'HOMEWARD_SECRET must have at least 32 characters',
      'HOMEWARD_PUBLIC_URL must be set in production',
      'HOMEWARD_NOTIFY_API_KEY or HOMEWARD_SMTP_URL must be set in production',
      'HOMEWARD_CLAMAV must be set in production: uploaded files are looked through for viruses',
    ]);
  });

  it.each([
    ['HOMEWARD_ENV', 'staging', 'must be development or production'],
    ['HOMEWARD_CLAMAV', 'clamav', 'must be host:port or the path of a socket'],
    ['HOMEWARD_PORT', '65536', 'must be a number from 1 to 65535'],
    ['HOMEWARD_PORT', '3000 ', 'must be a number from 1 to 65535'],
    ['HOMEWARD_WORKER', 'yes', 'must be on or off'],
    [
      'HOMEWARD_PUBLIC_URL',
      'homeward.example.org',
      'must be an address such as https://homeward.example.org',
    ],
    ['HOMEWARD_PUBLIC_URL', 'https://example.org/homeward', 'must have nothing after the name of the site'],
    ['HOMEWARD_SMTP_URL', 'mail.example.org', 'must be an address such as smtps://mail.example.org'],
    ['HOMEWARD_MAIL_FROM', 'homeward', 'must be an email address'],
  ])('refuses %s=%s', (name, value, fault) => {
    expect(faults({ [name]: value })).toContain(`${name} ${fault}`);
  });

  it('serves loopback only in development', () => {
    const fault =
      'HOMEWARD_HOST must be 127.0.0.1 in development: set HOMEWARD_ENV=production to serve other machines';
    expect(faults({ HOMEWARD_HOST: '0.0.0.0' })).toEqual([fault]);
    expect(faults({ HOMEWARD_HOST: '192.168.1.5', HOMEWARD_ENV: 'development' })).toEqual([fault]);
    expect(faults({ HOMEWARD_HOST: '::1' })).toEqual([]);
  });

  it('refuses links that would not be encrypted in production', () => {
    expect(faults({ ...production, HOMEWARD_PUBLIC_URL: 'http://homeward.example.org' })).toEqual([
      'HOMEWARD_PUBLIC_URL must begin with https:// in production',
    ]);
  });

  it('refuses two ways to send messages, and mail from nobody', () => {
    expect(faults({ HOMEWARD_NOTIFY_API_KEY: 'k', HOMEWARD_SMTP_URL: 'smtp://localhost:25' })).toEqual([
      'HOMEWARD_NOTIFY_API_KEY and HOMEWARD_SMTP_URL are both set: choose one of them',
      'HOMEWARD_NOTIFY_TEMPLATE_ID must be set when HOMEWARD_NOTIFY_API_KEY is',
      'HOMEWARD_MAIL_FROM must be set when HOMEWARD_SMTP_URL is',
    ]);
  });

  it('never repeats a value, since several are secret', () => {
    const secret = 'p4ssw0rd';
    expect(faults({ DATABASE_URL: `http://u:${secret}@h`, HOMEWARD_SECRET: secret }).join()).not.toContain(
      secret,
    );
  });
});

describe('applicationSecret', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = join(await mkdtemp(join(tmpdir(), 'homeward-settings-')), 'var');
  });
  afterEach(() => rm(join(dataDir, '..'), { recursive: true }));

  it('is the one that was set', async () => {
    expect(await applicationSecret(readSettings({ HOMEWARD_SECRET: 's'.repeat(40) }))).toBe('s'.repeat(40));
  });

  it('is made once, the same for all that ask at once, and readable by its owner only', async () => {
    const settings = readSettings({ HOMEWARD_DATA_DIR: dataDir });
    const made = new Set(await Promise.all(Array.from({ length: 8 }, () => applicationSecret(settings))));
    expect(made.size).toBe(1);
    expect([...made][0]?.length).toBeGreaterThanOrEqual(43);
    expect(await applicationSecret(settings)).toBe([...made][0]);
    expect((await stat(join(dataDir, 'secret'))).mode & 0o777).toBe(0o600);
    expect(await readdir(dataDir)).toEqual(['secret']);
  });

  it('leaves one that is there alone', async () => {
    const settings = readSettings({ HOMEWARD_DATA_DIR: dataDir });
    await applicationSecret(settings);
    await writeFile(join(dataDir, 'secret'), 'the older one');
    expect(await applicationSecret(settings)).toBe('the older one');
    expect(await readFile(join(dataDir, 'secret'), 'utf8')).toBe('the older one');
  });
});
