/**
 * A fault of ours goes to the log with its place and without its message: the database quotes the values it was given,
 * and those may be about a person.
 */
export function reportFault(error: unknown): void {
  const { name, code, message, stack } = (error ?? {}) as {
    name?: string;
    code?: string;
    message?: string;
    stack?: string;
  };
  // A line of the message may begin as a place does.
  const place = (stack ?? '')
    .replace(message ?? '', () => '')
    .split('\n')
    .filter((line) => line.trim().startsWith('at '))
    .slice(0, 4)
    .map((line) => line.trim());
  process.stderr.write(
    `${JSON.stringify({ at: new Date().toISOString(), fault: name ?? 'unknown', code, place })}\n`,
  );
}
