import { expect, test } from 'vitest';
import { TooManyWaiting, Turns } from './turns.ts';

/** Work that ends when it is told to. */
function pieces() {
  const begun: string[] = [];
  const ends = new Map<string, (fault?: Error) => void>();
  return {
    begun,
    end: (name: string, fault?: Error) => ends.get(name)?.(fault),
    work: (name: string) => () =>
      new Promise<string>((resolve, reject) => {
        begun.push(name);
        ends.set(name, (fault) => (fault ? reject(fault) : resolve(name)));
      }),
  };
}
const settle = () => new Promise((resolve) => setImmediate(resolve));

test('so many run at once, the others after them in the order they came', async () => {
  const turns = new Turns({ atOnce: 2, mostWaiting: 9 });
  const { begun, end, work } = pieces();
  const all = ['a', 'b', 'c', 'd'].map((name) => turns.take(work(name)));
  await settle();
  expect(begun).toEqual(['a', 'b']);
  end('b');
  await settle();
  expect(begun).toEqual(['a', 'b', 'c']);
  end('a');
  await settle();
  end('c');
  end('d');
  expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd']);
});

test('work that fails gives up its place, and fails for whoever asked for it alone', async () => {
  const turns = new Turns({ atOnce: 1, mostWaiting: 9 });
  const { begun, end, work } = pieces();
  const first = turns.take(work('first'));
  const second = turns.take(work('second'));
  end('first', new Error('broke'));
  await expect(first).rejects.toThrow('broke');
  await settle();
  expect(begun).toEqual(['first', 'second']);
  end('second');
  expect(await second).toBe('second');
  const third = turns.take(work('third'));
  end('third');
  expect(await third).toBe('third');
});

test('nobody joins a line that is full', async () => {
  const turns = new Turns({ atOnce: 1, mostWaiting: 1 });
  const { begun, end, work } = pieces();
  const taken = [turns.take(work('runs')), turns.take(work('waits'))];
  await expect(turns.take(work('too many'))).rejects.toThrow(TooManyWaiting);
  end('runs');
  await settle();
  end('waits');
  await Promise.all(taken);
  expect(begun).toEqual(['runs', 'waits']);
});
