import { join } from 'node:path';
import files from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { loadAssets } from '../platform/http/assets.ts';
import { createServer } from '../platform/http/server.ts';
import { packageRoot } from '../platform/package-root.ts';
import type { Service } from '../platform/service.ts';
import { ServiceName } from '../setting-up/index.ts';
import { drawFrame } from './frame.tsx';
import { pages } from './pages.ts';
import { refusalPages } from './refusal-pages.tsx';

const A_YEAR = 365 * 24 * 3600;

/** The whole service as an HTTP server, not yet listening. */
export async function createWebServer(service: Service): Promise<FastifyInstance> {
  const dist = join(packageRoot, 'dist');
  const assets = loadAssets(dist);
  const serviceName = new ServiceName(service);
  return await createServer({
    service,
    pages,
    refusalPages,
    draw: drawFrame({ assets, serviceName: () => serviceName.current, demonstration: service.demonstration }),
    signInAddress: (page, returnTo, typed) => {
      const to = new URLSearchParams({ return: returnTo });
      if (typed) to.set('typed', typed);
      return page.for !== 'everybody' && page.for.includes('referrer')
        ? `/refer/start?${to}`
        : `/sign-in?${to}`;
    },
    signInAgainAddress: (returnTo) => `/sign-in-again?${new URLSearchParams({ return: returnTo })}`,
    async extend(server) {
      server.addHook('onRequest', () => serviceName.refresh());
      await server.register(files, {
        root: join(dist, 'assets'),
        prefix: '/assets/',
        index: false,
        cacheControl: false,
        // Their names change with their contents.
        setHeaders: (reply) => void reply.header('cache-control', `public, max-age=${A_YEAR}, immutable`),
      });
    },
  });
}
