import { useServer } from '../../src/platform/database/embedded-server.ts';

// A program for tests to kill: uses the server of a data directory until its standard input ends.
const server = await useServer(String(process.argv[2]));
process.stdout.write(`${JSON.stringify({ startedHere: server.startedHere })}\n`);
process.stdin.resume().once('end', () => void server.stop());
