import { z } from 'zod';
import { londonDate } from '../../platform/clock/london-time.ts';
import type { Entry } from '../../platform/forms/entry.ts';
import { text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { ListQuestion, TextQuestion } from '../../platform/forms/questions.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { addArea, changeArea, findAreasToSetUp, findPatchesToSetUp, type Patch } from '../areas.ts';
import { UseQuestion, useField } from './use-question.tsx';

const name = text({ called: 'The name', most: 100, needed: 'Enter its name' });
const patch = text({ called: 'The patch', most: 100, needed: 'Choose its patch' });
const noSuchPatch = refuse({ field: 'patch', message: 'Choose a patch that is in use' });

function NameAndPatch({ entry, patches }: { entry: Entry; patches: readonly Patch[] }) {
  return (
    <>
      <TextQuestion name="name" label="Name" autocomplete="off" width="half" entry={entry} />
      <ListQuestion
        name="patch"
        label="Patch"
        entry={entry}
        options={patches
          .filter(({ code, isRetired }) => !isRetired || code === entry.value('patch'))
          .map(({ code, name: text }) => ({ value: code, text }))}
      />
    </>
  );
}

/** Another area that can be responsible for a young person. */
export const newAreaPage = page({
  path: '/set-up/areas/new',
  for: ['administrator'],
  form: z.object({
    // Codes of the Office for National Statistics: a letter for the country and eight numbers.
    code: text({ called: 'The code', most: 20, needed: 'Enter its code' })
      .transform((typed) => typed.toUpperCase())
      .refine((typed) => /^[EWSN]\d{8}$/.test(typed), 'Enter a code like E08000003'),
    name,
    patch,
  }),

  async get({ tx, entry }) {
    const form = entry();
    return show(
      'Add an area',
      <>
        <Faults entry={form} />
        <h1 class="govuk-heading-l">Add an area</h1>
        <Form>
          <TextQuestion
            name="code"
            label="Code"
            hint="The council’s code in official statistics (GSS code), like E08000003. It cannot be changed later."
            autocomplete="off"
            width="short"
            entry={form}
          />
          <NameAndPatch entry={form} patches={await findPatchesToSetUp(tx)} />
          <Button preventDoubleClick>Add it</Button>
        </Form>
      </>,
      { backTo: '/set-up/areas' },
    );
  },

  async post({ tx }, form) {
    if (!(await isPatchInUse(tx, form.patch))) return noSuchPatch;
    if (!(await addArea(tx, form)))
      return refuse({
        field: 'code',
        message: 'There is an area of this code, or was one: use or rename that',
      });
    return redirect('/set-up/areas', { notice: 'The area is added' });
  },
});

/** Renames an area, moves it to another patch, or takes it out of use. */
export const areaPage = page({
  path: '/set-up/areas/:area',
  for: ['administrator'],
  params: z.object({ area: z.string() }),
  form: z.object({ name, patch, use: useField }),

  async get({ tx, params, entry }) {
    const area = (await findAreasToSetUp(tx)).find(({ code }) => code === params.area);
    if (!area) return missing();
    const form = entry({
      name: area.name,
      patch: area.patch ?? '',
      use: area.isRetired ? 'retired' : 'in-use',
    });
    return show(
      'Change an area',
      <>
        <Faults entry={form} />
        <h1 class="govuk-heading-l">Change an area</h1>
        <p class="govuk-body">
          Its code is {area.code}. Coordinators who have the whole patch do not get an area that is moved to
          it: ask for their roles again.
        </p>
        <Form>
          <NameAndPatch entry={form} patches={await findPatchesToSetUp(tx)} />
          <UseQuestion entry={form} />
          <Button preventDoubleClick>Save</Button>
        </Form>
      </>,
      { backTo: '/set-up/areas' },
    );
  },

  async post({ tx, params, service }, form) {
    const area = (await findAreasToSetUp(tx)).find(({ code }) => code === params.area);
    if (!area) return missing();
    if (!(form.use === 'retired' && form.patch === area.patch) && !(await isPatchInUse(tx, form.patch)))
      return noSuchPatch;
    await changeArea(tx, area.code, {
      name: form.name,
      patch: form.patch,
      retiredOn: form.use === 'retired' ? londonDate(service.clock.now()) : null,
    });
    return redirect('/set-up/areas', { notice: 'The area is saved' });
  },
});

async function isPatchInUse(tx: Parameters<typeof findPatchesToSetUp>[0], code: string): Promise<boolean> {
  return (await findPatchesToSetUp(tx)).some((each) => each.code === code && !each.isRetired);
}
