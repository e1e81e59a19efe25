// The package has no types; these are of the part we use.
declare module 'accessible-autocomplete' {
  interface EnhanceOptions {
    selectElement: HTMLSelectElement;
    defaultValue?: string;
    autoselect?: boolean;
    confirmOnBlur?: boolean;
    showAllValues?: boolean;
    displayMenu?: 'inline' | 'overlay';
    /** Both results are put into the page as HTML or as a value, as the name says. */
    templates?: { inputValue(option: string | undefined): string; suggestion(option: string): string };
    onConfirm?(option: string | undefined): void;
    tNoResults?(): string;
  }

  const accessibleAutocomplete: { enhanceSelectElement(options: EnhanceOptions): void };
  export default accessibleAutocomplete;
}
