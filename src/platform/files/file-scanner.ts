import { connect, type Socket } from 'node:net';

/** What a scanner says of a file. `found` is in the scanner's own words. */
export type ScanResult =
  | { state: 'clean' }
  | { state: 'infected'; found: string }
  /** It could not be looked into, and will not be by trying again. */
  | { state: 'not-scannable'; found: string };

/** Looks through files for viruses. */
export interface FileScanner {
  /** @throws Error when the scanner cannot be reached or fails: it may be asked again. */
  scan(content: Uint8Array): Promise<ScanResult>;
}

/** How long clamd may take over one file, in milliseconds. */
const PATIENCE = 120_000;
const CHUNK_BYTES = 64 * 1024;
/** clamd's answers are a line. */
const MOST_ANSWER_BYTES = 4096;

/**
 * ClamAV, by the INSTREAM command of clamd's protocol (man clamd, "COMMANDS").
 * @param address `host:port`, or the absolute path of a socket.
 */
export function clamdScanner(address: string): FileScanner {
  return {
    async scan(content) {
      const answer = await ask(() => open(address), content);
      const [, said = ''] = /^(?:stream: )?(.*)$/s.exec(answer) ?? [];
      if (said === 'OK') return { state: 'clean' };
      const [, found] = /^(.+) FOUND$/.exec(said) ?? [];
      if (found !== undefined) return { state: 'infected', found: found.slice(0, 200) };
      if (/size limit exceeded/i.test(said)) return { state: 'not-scannable', found: said.slice(0, 200) };
      throw new Error('clamd did not look through a file');
    },
  };
}

function open(address: string): Socket {
  if (address.startsWith('/')) return connect({ path: address });
  const colon = address.lastIndexOf(':');
  return connect({ host: address.slice(0, colon), port: Number(address.slice(colon + 1)) });
}

/** The whole of clamd's answer, without the null byte it ends with. */
async function ask(opened: () => Socket, content: Uint8Array): Promise<string> {
  return await new Promise<string>((resolve, reject) => {
    const socket = opened();
    let answer = '';
    socket.setTimeout(PATIENCE, () => socket.destroy(new Error('clamd did not answer in time')));
    socket.setEncoding('utf8');
    socket.on('error', reject);
    socket.on('data', (part: string) => {
      answer += part;
      if (answer.length > MOST_ANSWER_BYTES) socket.destroy(new Error('clamd answers more than a line'));
    });
    // A file over clamd's limit is answered, and the connection closed, before all of it was sent.
    socket.on('close', () => {
      const [line = ''] = answer.split('\0');
      if (line.trim() === '') reject(new Error('clamd gave no answer'));
      else resolve(line.trim());
    });
    socket.write('zINSTREAM\0');
    for (let at = 0; at < content.length; at += CHUNK_BYTES) {
      const chunk = content.subarray(at, at + CHUNK_BYTES);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(chunk.length);
      socket.write(length);
      socket.write(chunk);
    }
    socket.end(Buffer.alloc(4));
  });
}

/** The test file of the European Institute for Computer Antivirus Research, in two parts so that this is not one itself. */
const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', '-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

/** What development has where no scanner is set up: it knows the test file and no virus. */
export const testFileScanner: FileScanner = {
  async scan(content) {
    const isTestFile = Buffer.from(content.buffer, content.byteOffset, content.byteLength).includes(EICAR);
    return isTestFile ? { state: 'infected', found: 'EICAR test file' } : { state: 'clean' };
  },
};

/** @param clamav HOMEWARD_CLAMAV; undefined in development alone. */
export function createScanner(clamav: string | undefined): FileScanner {
  return clamav === undefined ? testFileScanner : clamdScanner(clamav);
}
