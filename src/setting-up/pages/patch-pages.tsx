import { z } from 'zod';
import { londonDate } from '../../platform/clock/london-time.ts';
import { text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { TextQuestion } from '../../platform/forms/questions.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { codeFrom } from '../../platform/text/code-from.ts';
import { addPatch, changePatch, findPatchesToSetUp } from '../areas.ts';
import { UseQuestion, useField } from './use-question.tsx';

const name = text({ called: 'The name', most: 100, needed: 'Enter its name' }).refine(
  (typed) => codeFrom(typed) !== '',
  'The name must have letters or numbers',
);

/** Another patch. */
export const newPatchPage = page({
  path: '/set-up/patches/new',
  for: ['administrator'],
  form: z.object({ name }),

  async get({ entry }) {
    const form = entry();
    return show(
      'Add a patch',
      <>
        <Faults entry={form} />
        <h1 class="govuk-heading-l">Add a patch</h1>
        <Form>
          <TextQuestion name="name" label="Name" autocomplete="off" width="half" entry={form} />
          <Button preventDoubleClick>Add it</Button>
        </Form>
      </>,
      { backTo: '/set-up/areas' },
    );
  },

  async post({ tx }, form) {
    if ((await addPatch(tx, form.name)) === null)
      return refuse({
        field: 'name',
        message: 'There is a patch of this name, or was one: use or rename that',
      });
    return redirect('/set-up/areas', { notice: 'The patch is added' });
  },
});

/** Renames a patch, or takes it out of use once no area in use is in it. */
export const patchPage = page({
  path: '/set-up/patches/:patch',
  for: ['administrator'],
  params: z.object({ patch: z.string() }),
  form: z.object({ name, use: useField }),

  async get({ tx, params, entry }) {
    const patch = (await findPatchesToSetUp(tx)).find(({ code }) => code === params.patch);
    if (!patch) return missing();
    const form = entry({ name: patch.name, use: patch.isRetired ? 'retired' : 'in-use' });
    return show(
      'Change a patch',
      <>
        <Faults entry={form} />
        <h1 class="govuk-heading-l">Change a patch</h1>
        <Form>
          <TextQuestion name="name" label="Name" autocomplete="off" width="half" entry={form} />
          <UseQuestion entry={form} />
          <Button preventDoubleClick>Save</Button>
        </Form>
      </>,
      { backTo: '/set-up/areas' },
    );
  },

  async post({ tx, params, service }, form) {
    const patch = (await findPatchesToSetUp(tx)).find(({ code }) => code === params.patch);
    if (!patch) return missing();
    if (form.use === 'retired' && patch.areas > 0)
      return refuse({ field: 'use', message: 'Move its areas to other patches first, or retire them' });
    await changePatch(tx, patch.code, {
      name: form.name,
      retiredOn: form.use === 'retired' ? londonDate(service.clock.now()) : null,
    });
    return redirect('/set-up/areas', { notice: 'The patch is saved' });
  },
});
