/**
 * Resolves when the process is told to stop. It is told once for all: a supervisor tells every process of a service, and the one that
 * started this one passes it on as well, which would end it in the middle of letting go. Who cannot wait kills it.
 */
export function toldToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve());
  });
}
