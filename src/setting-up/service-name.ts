import type { Service } from '../platform/service.ts';
import { findServiceName } from './service-details.ts';

/** Milliseconds after which the name is read again: an administrator's change is on every page by then. */
const KEPT_FOR = 30_000;

/** The service's name as every page needs it, read from the database twice a minute and not at each page. */
export class ServiceName {
  readonly #service: Pick<Service, 'database' | 'clock'>;
  #name = 'Homeward';
  #readAt = Number.NEGATIVE_INFINITY;

  constructor(service: Pick<Service, 'database' | 'clock'>) {
    this.#service = service;
  }

  get current(): string {
    return this.#name;
  }

  /**
   * Reads the name if it is old. One request reads it and the others go on with what is known; where it cannot be read
   * what is known stays, since a page without the newest name is better than none.
   */
  async refresh(): Promise<void> {
    const now = this.#service.clock.now().getTime();
    if (now - this.#readAt < KEPT_FOR) return;
    this.#readAt = now;
    this.#name = await this.#service.database.asVisitor(findServiceName).catch(() => this.#name);
  }
}
