/**
 * A fault of ours goes to the log with its place and without its message: the database quotes the values it was given,
 * and those may be about a person.
 */
export function reportFault(error: unknown): void {
  const { name, code, stack } = (error ?? {}) as { name?: string; code?: string; stack?: string };
  const place = (stack ?? '')
    .split('\n')
    .filter((line) => line.trim().startsWith('at '))
    .slice(0, 4)
    .map((line) => line.trim());
  process.stderr.write(
    `${JSON.stringify({ at: new Date().toISOString(), fault: name ?? 'unknown', code, place })}\n`,
  );
}
