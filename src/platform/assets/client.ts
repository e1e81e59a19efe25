import {
  Accordion,
  Button,
  CharacterCount,
  Checkboxes,
  createAll,
  ErrorSummary,
  FileUpload,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
  Tabs,
} from 'govuk-frontend';
import { autocomplete } from './autocomplete.ts';
import { autosave } from './autosave.ts';
import { submitOnce } from './submit-once.ts';

// Every page works without this script. What it adds must leave nothing in the browser's storage, which the
// next person at a shared computer could read: that is why accordions do not remember what was open.

document.body.classList.add('js-enabled', 'govuk-frontend-supported');

createAll(Accordion, { rememberExpanded: false });
for (const component of [
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  FileUpload,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
  Tabs,
]) {
  createAll(component);
}

for (const select of document.querySelectorAll<HTMLSelectElement>('select[data-autocomplete]')) {
  autocomplete(select);
}
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-autosave]')) autosave(form);
for (const form of document.querySelectorAll<HTMLFormElement>('form[method="post" i]')) submitOnce(form);
