import { classNames, i18nAttributes, type PluralMessages } from './attributes.ts';
import { Hint } from './hint.tsx';
import { Textarea, type TextareaProps } from './textarea.tsx';

export interface CharacterCountProps
  extends Omit<TextareaProps, 'disabled' | 'describedBy' | 'autocomplete'> {
  /** The most characters; give this or `maxwords`, not both. */
  maxlength?: number | undefined;
  /** The most words. */
  maxwords?: number | undefined;
  /** The percentage of the limit at which the count is first shown. */
  threshold?: number | undefined;
  countType?: 'characters' | 'words' | undefined;
  countMessage?: { classes?: string | undefined } | undefined;
  /** The limit in words, where `%{count}` stands for it. */
  textareaDescriptionText?: string | undefined;
  charactersUnderLimitText?: PluralMessages | undefined;
  charactersAtLimitText?: string | undefined;
  charactersOverLimitText?: PluralMessages | undefined;
  wordsUnderLimitText?: PluralMessages | undefined;
  wordsAtLimitText?: string | undefined;
  wordsOverLimitText?: PluralMessages | undefined;
}

/** Text of more than one line that tells how much room is left. */
export function CharacterCount(props: CharacterCountProps) {
  const { name, id = name, formGroup, maxlength, maxwords, textareaDescriptionText, countMessage } = props;
  const countType = props.countType ?? (maxwords ? 'words' : undefined);
  const limit = maxwords || maxlength;
  const description =
    textareaDescriptionText ||
    `You can enter up to %{count} ${countType === 'words' ? 'words' : 'characters'}`;
  return (
    <Textarea
      id={id}
      name={name}
      describedBy={`${id}-info`}
      rows={props.rows}
      spellcheck={props.spellcheck}
      value={props.value}
      label={props.label}
      hint={props.hint}
      errorMessage={props.errorMessage}
      classes={classNames('govuk-js-character-count', props.classes)}
      attributes={props.attributes}
      formGroup={{
        classes: classNames('govuk-character-count', formGroup?.classes),
        attributes: {
          'data-module': 'govuk-character-count',
          'data-maxlength': maxlength,
          'data-maxwords': maxwords,
          'data-threshold': props.threshold,
          'data-count-type': countType,
          ...i18nAttributes({
            // Without a limit the script sets the text, once it knows the limit.
            'textarea-description':
              !limit && textareaDescriptionText ? { other: textareaDescriptionText } : undefined,
            'characters-under-limit': props.charactersUnderLimitText,
            'characters-at-limit': props.charactersAtLimitText,
            'characters-over-limit': props.charactersOverLimitText,
            'words-under-limit': props.wordsUnderLimitText,
            'words-at-limit': props.wordsAtLimitText,
            'words-over-limit': props.wordsOverLimitText,
          }),
          ...formGroup?.attributes,
        },
        beforeInput: formGroup?.beforeInput,
        afterInput: (
          <>
            <Hint
              id={`${id}-info`}
              classes={classNames('govuk-character-count__message', countMessage?.classes)}
            >
              {limit ? description.replaceAll('%{count}', String(limit)) : undefined}
            </Hint>
            {formGroup?.afterInput}
          </>
        ),
      }}
    />
  );
}
