import accessibleAutocomplete from 'accessible-autocomplete';

/**
 * Turns a long list into a box that finds its options by typing. The list stays in the form, hidden, and is what is
 * sent: text that names no option chooses none, so that an earlier choice is never sent in its place.
 *
 * A list in which two options read the same is left as it is, since typing could not tell them apart.
 */
export function autocomplete(select: HTMLSelectElement): void {
  const options = [...select.options].filter((option) => option.value !== '');
  const byText = new Map(options.map((option) => [comparable(option.text), option]));
  if (select.disabled || byText.size !== options.length) return;

  const { id } = select;
  const describedBy = select.getAttribute('aria-describedby');

  const choose = (text: string) => {
    const value = byText.get(comparable(text))?.value ?? '';
    if (value === select.value) return;
    select.value = value;
    select.dispatchEvent(new Event('change', { bubbles: true }));
  };

  accessibleAutocomplete.enhanceSelectElement({
    selectElement: select,
    defaultValue: select.value === '' ? '' : (select.selectedOptions[0]?.text ?? ''),
    autoselect: false,
    showAllValues: true,
    // Over what follows: a list that pushed it down would move a button from under the mouse as it closes.
    displayMenu: 'overlay',
    templates: { inputValue: (option) => option ?? '', suggestion: escaped },
    onConfirm: (option) => choose(option ?? inputOf(id)?.value ?? ''),
    tNoResults: () => 'Nothing found',
  });

  const input = inputOf(id);
  if (!input) return;
  select.form?.addEventListener('submit', () => choose(input.value), { capture: true });
  if (describedBy) keepDescribed(input, describedBy);
}

function inputOf(id: string): HTMLInputElement | null {
  return document.querySelector<HTMLInputElement>(`input#${CSS.escape(id)}`);
}

/** The package sets its own description on the box and takes it away; the question's hint and error must stay. */
function keepDescribed(input: HTMLInputElement, describedBy: string): void {
  const describe = () => {
    const present = input.getAttribute('aria-describedby') ?? '';
    if (!present.includes(describedBy)) {
      input.setAttribute('aria-describedby', `${describedBy} ${present}`.trim());
    }
  };
  describe();
  new MutationObserver(describe).observe(input, { attributeFilter: ['aria-describedby'] });
}

function comparable(text: string): string {
  return text.trim().toLocaleLowerCase('en-GB');
}

/** The package puts a suggestion into the page as HTML, and an option may hold what somebody typed. */
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
