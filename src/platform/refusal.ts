/**
 * An input, setting or state that is refused. `message` is one line for each fault: what is wrong and what to
 * do about it. The command line prints it alone on stderr and exits 1; anything else that is thrown is a fault of ours.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}
