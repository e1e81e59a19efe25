import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** How long a browser's connection may have said nothing before it is taken for one that was opened in case, in milliseconds. */
const SILENCE = 1_000;
/** Longer than any page takes, and shorter than most supervisors wait before they kill. */
const PATIENCE = 25_000;
const LOOK_EVERY = 100;

/**
 * Lets a server that closes come to an end. Node closes the connections that wait for nothing at that moment, and no others
 * ever: one that a browser opened in case and said nothing on, or one whose last answer left a moment later, would hold the
 * process, and with it the database, until it is killed.
 *
 * Requests under way are answered for as long as `patience` lasts; what is still sent or answered then is cut off.
 *
 * @param patience in milliseconds.
 */
export function letConnectionsEnd(server: FastifyInstance, patience = PATIENCE): void {
  const http = server.server;
  const connections = new Set<Socket>();
  http.on('connection', (connection: Socket) => {
    connections.add(connection);
    connection.once('close', () => connections.delete(connection));
  });
  server.addHook('preClose', (done) => {
    const began = Date.now();
    const looking = setInterval(() => {
      http.closeIdleConnections();
      const waited = Date.now() - began;
      if (waited > SILENCE) for (const it of connections) if (it.bytesRead === 0) it.destroy();
      if (waited > patience) http.closeAllConnections();
      if (connections.size === 0) clearInterval(looking);
    }, LOOK_EVERY);
    http.once('close', () => clearInterval(looking));
    done();
  });
}
