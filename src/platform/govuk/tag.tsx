import type { ComponentChildren } from 'preact';
import { type Attributes, classNames } from './attributes.ts';

/** A tag as other components take it. */
export interface TagOptions {
  text: ComponentChildren;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

export interface TagProps extends Omit<TagOptions, 'text'> {
  children?: ComponentChildren;
}

/** The status of something, in a word or two. */
export function Tag({ children, classes, attributes }: TagProps) {
  return (
    <strong class={classNames('govuk-tag', classes)} {...attributes}>
      {children}
    </strong>
  );
}
