import http from 'node:http';

/** One request of a benchmark, made anew each time: a form needs a submission id of its own. */
export interface Call {
  method: 'GET' | 'POST';
  path: string;
  headers: Record<string, string>;
  body?: string;
}

export interface Latencies {
  p50: number;
  p95: number;
  p99: number;
  /** Requests served in a second. */
  rate: number;
  failures: number;
}

/**
 * Calls at a fixed rate whether or not earlier answers have come, and counts the wait of each from when it was due, so
 * that a server that stalls cannot hide it by being asked less.
 */
export async function atRate(
  origin: string,
  makeCall: (index: number) => Call,
  perSecond: number,
  seconds: number,
): Promise<Latencies> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
  const waits: number[] = [];
  let failures = 0;
  const started = performance.now();
  const calls: Promise<void>[] = [];
  for (let index = 0; index < perSecond * seconds; index += 1) {
    const due = started + (index * 1000) / perSecond;
    const ahead = due - performance.now();
    if (ahead > 0) await new Promise((resolve) => setTimeout(resolve, ahead));
    calls.push(
      request(origin, agent, makeCall(index)).then((served) => {
        waits.push(performance.now() - due);
        if (!served) failures += 1;
      }),
    );
  }
  await Promise.all(calls);
  agent.destroy();
  return summary(waits, failures, (performance.now() - started) / 1000);
}

/** Calls as fast as answers come, from a few clients at once, for a while. */
export async function atSaturation(
  origin: string,
  makeCall: (index: number) => Call,
  clients: number,
  seconds: number,
): Promise<Latencies> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: clients });
  const waits: number[] = [];
  let failures = 0;
  let index = 0;
  const started = performance.now();
  const client = async () => {
    while (performance.now() - started < seconds * 1000) {
      const began = performance.now();
      const served = await request(origin, agent, makeCall(index++));
      waits.push(performance.now() - began);
      if (!served) failures += 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  agent.destroy();
  return summary(waits, failures, (performance.now() - started) / 1000);
}

/** Says whether the page was served: shown, or led on from. */
export function request(origin: string, agent: http.Agent, call: Call): Promise<boolean> {
  return new Promise((resolve) => {
    const sent = http.request(
      `${origin}${call.path}`,
      { method: call.method, headers: call.headers, agent },
      (answer) => {
        answer.resume();
        answer.on('end', () => resolve((answer.statusCode ?? 500) < 400));
        answer.on('error', () => resolve(false));
      },
    );
    sent.on('error', () => resolve(false));
    sent.end(call.body);
  });
}

function summary(waits: number[], failures: number, seconds: number): Latencies {
  const sorted = waits.toSorted((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), rate: waits.length / seconds, failures };
}
