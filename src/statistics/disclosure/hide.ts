import { cheapestToMove } from './cheapest-to-move.ts';
import {
  type Component,
  componentAround,
  componentsOf,
  type Problem,
  protectedIn,
  rowsByColumn,
  type System,
  systemOf,
  unseen,
} from './problem.ts';
import { type Change, type Failure, failuresIn } from './rule.ts';

export interface Hiding {
  /** The published cells that are to be hidden. */
  readonly hidden: ReadonlySet<string>;
  /** Cells that somebody can find out whatever is hidden, because of what was published before. */
  readonly exposed: readonly string[];
}

/**
 * Chooses which published cells to hide: those that are small, and as few more as it finds until nobody can work them out, by
 * the rule of rule.ts. Where a cell is not protected, the cheapest others are looked for that make it so; in the end
 * each that turned out not to be needed is shown again. The same problem always gets the same answer.
 *
 * @throws as {@link systemOf} does
 */
export function hide(problem: Problem): Hiding {
  const system = systemOf(problem);
  const hider = new Hider(system);
  hider.protect();
  hider.showWhatNeedNotBeHidden();
  return {
    hidden: new Set(system.columns.flatMap(({ id }, at) => (hider.hidden[at] ? [id] : []))),
    exposed: hider.exposed,
  };
}

class Hider {
  readonly hidden: boolean[];
  readonly #system: System;
  /** Failures that nothing helps against. */
  readonly #hopeless = new Set<string>();
  readonly #known = new Map<string, readonly Failure[]>();
  /** What was found to be possible in one round is possible in the next, as long as nothing of it is seen. */
  readonly #changes: Change[] = [];

  constructor(system: System) {
    this.#system = system;
    this.hidden = system.columns.map(({ primary }) => primary);
  }

  get exposed(): string[] {
    return [...this.#hopeless];
  }

  protect(): void {
    for (let round = this.#failures(); round.length > 0; round = this.#failures()) {
      let hasHidden = false;
      for (const failure of round) {
        let more = cheapestToMove(this.#system, this.hidden, failure);
        // It can move already: by what this round hid before it, or only by parts of whole numbers.
        if (more?.length === 0 && !hasHidden) more = this.#nearest(failure);
        for (const at of more ?? []) this.hidden[at] = true;
        if (more && more.length > 0) hasHidden = true;
        if (!more) this.#hopeless.add(this.#nameOf(failure));
      }
    }
  }

  showWhatNeedNotBeHidden(): void {
    const second = this.#system.columns.flatMap((column, at) =>
      this.hidden[at] && !column.primary ? [{ at, ...column }] : [],
    );
    second.sort((a, b) => b.keep - a.keep || b.value - a.value || a.at - b.at);
    for (const { at } of second) {
      this.hidden[at] = false;
      if (!this.#keepsTheRule()) this.hidden[at] = true;
    }
  }

  /** The first of the cells to hide that stand in an equation with a failure's component, or null when all are hidden. */
  #nearest(failure: Failure): number[] | null {
    const { columns, rows } = this.#system;
    const start = failure.kind === 'narrow' ? failure.column : (failure.columns[0] ?? 0);
    const component = componentAround(
      this.#system,
      rowsByColumn(this.#system),
      unseen(this.#system, this.hidden),
      start,
    );
    const own = new Set(component.columns);
    const beside = rows.filter(({ at }) => at.some((column) => own.has(column))).flatMap(({ at }) => at);
    const shown = beside.filter((at) => columns[at]?.role === 'published' && !this.hidden[at]);
    shown.sort((a, b) => (columns[a]?.keep ?? 0) - (columns[b]?.keep ?? 0) || a - b);
    return shown.length > 0 ? shown.slice(0, 1) : null;
  }

  /** One failure of each component that has any, the one that wants most. */
  #failures(): Failure[] {
    const unknown = unseen(this.#system, this.hidden);
    return componentsOf(this.#system, unknown).flatMap((component) => {
      const worst = this.#failuresOf(component).filter(
        (failure) => !this.#hopeless.has(this.#nameOf(failure)),
      );
      return worst.slice(0, 1);
    });
  }

  #keepsTheRule(): boolean {
    return componentsOf(this.#system, unseen(this.#system, this.hidden)).every((component) => {
      const hopeful = (failure: Failure) => !this.#hopeless.has(this.#nameOf(failure));
      if (this.#hopeless.size > 0) return !this.#failuresOf(component).some(hopeful);
      if (!protectedIn(this.#system, component).includes(true)) return true;
      const key = component.columns.join(' ');
      const known = this.#known.get(key) ?? failuresIn(this.#system, component, this.#changes, true);
      if (known.length === 0) this.#known.set(key, known);
      return known.length === 0;
    });
  }

  #failuresOf(component: Component): readonly Failure[] {
    if (!protectedIn(this.#system, component).includes(true)) return [];
    const key = component.columns.join(' ');
    const known = this.#known.get(key);
    if (known) return known;
    const failures = failuresIn(this.#system, component, this.#changes).sort(
      (a, b) => wanting(b) - wanting(a),
    );
    this.#known.set(key, failures);
    return failures;
  }

  #nameOf(failure: Failure): string {
    const columns = failure.kind === 'narrow' ? [failure.column] : failure.columns;
    return columns.map((at) => this.#system.columns[at]?.id).join(' + ');
  }
}

function wanting(failure: Failure): number {
  return failure.kind === 'narrow' ? -(failure.most - failure.least) : 0;
}
