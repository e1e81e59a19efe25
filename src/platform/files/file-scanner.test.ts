import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { clamdScanner, testFileScanner } from './file-scanner.ts';

/** Asks a server that answers everything with one line. @param answer null for one that says nothing. */
async function scannedBy(answer: string | null, content = Buffer.from('a file')) {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => (answer === null ? socket.destroy() : socket.end(`${answer}\0`)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  try {
    return await clamdScanner(`127.0.0.1:${port}`).scan(content);
  } finally {
    server.close();
  }
}

test('what clamd says is read', async () => {
  expect(await scannedBy('stream: OK')).toEqual({ state: 'clean' });
  expect(await scannedBy('stream: Win.Test.EICAR_HDB-1 FOUND')).toEqual({
    state: 'infected',
    found: 'Win.Test.EICAR_HDB-1',
  });
  expect(await scannedBy('INSTREAM size limit exceeded. ERROR')).toMatchObject({ state: 'not-scannable' });
});

test('a scanner that fails, says nothing or is not there finds nothing clean', async () => {
  await expect(scannedBy('Could not read database ERROR')).rejects.toThrow('did not look through');
  await expect(scannedBy(null)).rejects.toThrow();
  await expect(clamdScanner('127.0.0.1:1').scan(Buffer.of(1))).rejects.toThrow();
  await expect(clamdScanner('/nowhere/clamd.sock').scan(Buffer.of(1))).rejects.toThrow();
});

test('without a scanner only the test file is known', async () => {
  const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', '-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');
  expect(await testFileScanner.scan(Buffer.from(eicar))).toMatchObject({ state: 'infected' });
  expect(await testFileScanner.scan(Buffer.from('a letter'))).toEqual({ state: 'clean' });
});
