import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/platform/package-root.ts';

/** Worked examples with answers from scipy, statsmodels and published papers, by name. */
interface StatsVectors {
  readonly [name: `spearman_${string}`]: { x: number[]; y: number[]; rho: number };
  readonly rri: readonly { a: number; n1: number; b: number; n0: number; rr: number; ci95: number[] }[];
  readonly km_freireich_6mp: {
    time: number[];
    event: number[];
    surv_times: number[];
    surv: number[];
    greenwood_se: number[];
    n_risk: number[];
    median: number;
  };
  readonly xmr: {
    y: number[];
    mean: number;
    amr: number;
    upl: number;
    lpl: number;
    amr_screened: number;
    upl_screened: number;
    lpl_screened: number;
  };
}

/** They lie beside the repository, not in it: undefined where they do not, and tests that want them are skipped, saying so. */
export const statsVectors: StatsVectors | undefined = read();

function read(): StatsVectors | undefined {
  try {
    const file = join(packageRoot, '..', 'shared', 'data', 'vectors', 'stats-vectors.json');
    return JSON.parse(readFileSync(file, 'utf8')) as StatsVectors;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
