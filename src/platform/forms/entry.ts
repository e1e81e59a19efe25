import type { Fault } from './fault.ts';

/** What a form holds while it is shown: what was typed, and what is wrong with it. */
export class Entry {
  readonly #typed: Readonly<Record<string, string | string[]>>;
  readonly faults: readonly Fault[];

  constructor(typed: Readonly<Record<string, string | string[]>> = {}, faults: readonly Fault[] = []) {
    this.#typed = typed;
    this.faults = faults;
  }

  value(field: string): string {
    const value = this.#typed[field];
    return (Array.isArray(value) ? value[0] : value) ?? '';
  }

  values(field: string): string[] {
    const value = this.#typed[field];
    if (value === undefined) return [];
    return Array.isArray(value) ? value : [value];
  }

  fault(field: string): string | undefined {
    return this.faults.find((fault) => fault.field === field)?.message;
  }
}
