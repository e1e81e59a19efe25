import type { ComponentChildren } from 'preact';
import { type Attributes, classNames, type ItemList } from './attributes.ts';
import { Tag, type TagOptions } from './tag.tsx';

export interface TaskListItem {
  title: { text: ComponentChildren; classes?: string | undefined };
  /** Left out while the task cannot be done yet. */
  href?: string | undefined;
  hint?: { text: ComponentChildren } | undefined;
  status: { text?: ComponentChildren; tag?: TagOptions | undefined; classes?: string | undefined };
  classes?: string | undefined;
}

export interface TaskListProps {
  items: ItemList<TaskListItem>;
  /** "task-list" unless told; needed when a page has more than one. */
  idPrefix?: string | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

/** The parts of a longer job, each with how far it is. */
export function TaskList({ items, idPrefix = 'task-list', classes, attributes }: TaskListProps) {
  return (
    <ul class={classNames('govuk-task-list', classes)} {...attributes}>
      {items.map((item, index) => item && <Task key={index} item={item} id={`${idPrefix}-${index + 1}`} />)}
    </ul>
  );
}

function Task({ item, id }: { item: TaskListItem; id: string }) {
  const { title, href, hint, status, classes } = item;
  const hintId = `${id}-hint`;
  const statusId = `${id}-status`;
  return (
    <li class={classNames('govuk-task-list__item', href && 'govuk-task-list__item--with-link', classes)}>
      <div class="govuk-task-list__name-and-hint">
        {href ? (
          <a
            class={classNames('govuk-link govuk-task-list__link', title.classes)}
            href={href}
            aria-describedby={classNames(hint && hintId, statusId)}
          >
            {title.text}
          </a>
        ) : (
          <div class={title.classes}>{title.text}</div>
        )}
        {hint && (
          <div id={hintId} class="govuk-task-list__hint">
            {hint.text}
          </div>
        )}
      </div>
      <div class={classNames('govuk-task-list__status', status.classes)} id={statusId}>
        {status.tag ? (
          <Tag classes={status.tag.classes} attributes={status.tag.attributes}>
            {status.tag.text}
          </Tag>
        ) : (
          status.text
        )}
      </div>
    </li>
  );
}
