import type { Progress } from '../platform/database/backup.ts';

/** How often the line is written again, in milliseconds. */
const EVERY = 200;

/** Shows on a terminal how far long work has come, in one line that is written over; in a pipe, nothing. */
export function progressLine(stream: NodeJS.WriteStream = process.stderr): {
  progress: Progress;
  end(): void;
} {
  if (!stream.isTTY) return { progress: () => undefined, end: () => undefined };
  let shownAt = 0;
  const show = (line: string) => {
    stream.cursorTo(0);
    stream.write(line.slice(0, Math.max(0, stream.columns - 1)));
    stream.clearLine(1);
  };
  return {
    progress(table, rows) {
      if (Date.now() - shownAt < EVERY) return;
      shownAt = Date.now();
      show(rows === 0 ? table : `${table}: ${rows.toLocaleString('en-GB')} rows`);
    },
    end: () => show(''),
  };
}
