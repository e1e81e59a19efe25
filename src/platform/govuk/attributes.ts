/** Extra HTML attributes for an element; an undefined one is left out. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** A list in which a caller may write `condition && item`: what is not an item is left out. */
export type ItemList<Item> = readonly (Item | false | null | undefined | '')[];

/** A message for each plural rule of the language, as `Intl.PluralRules` names them. */
export type PluralMessages = Readonly<Record<string, string>>;

/** Joins class names, leaving out what is empty. */
export function classNames(...names: (string | false | undefined)[]): string {
  return names.filter(Boolean).join(' ');
}

/**
 * Translated texts as the `data-i18n.*` attributes that GOV.UK Frontend's scripts read.
 * Keys are in kebab case; a text that is not given leaves the script its default.
 */
export function i18nAttributes(
  texts: Readonly<Record<string, string | PluralMessages | undefined>>,
): Attributes {
  const attributes: Record<string, string> = {};
  for (const [key, text] of Object.entries(texts)) {
    if (typeof text === 'string') {
      attributes[`data-i18n.${key}`] = text;
    } else if (text) {
      for (const [pluralRule, message] of Object.entries(text)) {
        attributes[`data-i18n.${key}.${pluralRule}`] = message;
      }
    }
  }
  return attributes;
}
