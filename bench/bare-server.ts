import http from 'node:http';

/** A server that does nothing but answer, with as many bytes as it is told: what the machine could do at best. */
const bytes = Buffer.alloc(Number(process.argv[2] ?? 20_000), 'x');
const server = http.createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-length': bytes.length });
  response.end(bytes);
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.(address !== null && typeof address === 'object' ? address.port : 0);
});
