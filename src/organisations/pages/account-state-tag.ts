/** The state of an account in a word, as a tag: what an administrator has to do something about stands out. */
export function accountStateTag({
  setUp,
  locked,
  disabled,
}: {
  setUp: boolean;
  locked: boolean;
  disabled: boolean;
}): { text: string; classes: string } {
  if (disabled) return { text: 'Closed', classes: 'govuk-tag--grey' };
  if (!setUp) return { text: 'Invited', classes: 'govuk-tag--yellow' };
  if (locked) return { text: 'Locked', classes: 'govuk-tag--red' };
  return { text: 'Open', classes: 'govuk-tag--green' };
}
