import { Button, Tag } from '../../platform/govuk/index.ts';
import { page, show } from '../../platform/http/page.ts';
import { ScrollingTable } from '../../platform/http/scrolling-table.tsx';
import { findAreasToSetUp, findPatchesToSetUp } from '../areas.ts';
import { areaPage, newAreaPage } from './area-pages.tsx';
import { newPatchPage, patchPage } from './patch-pages.tsx';

/** The region: its patches, and the areas of each. */
export const areasPage = page({
  path: '/set-up/areas',
  for: ['administrator'],

  async get({ tx }) {
    const patches = await findPatchesToSetUp(tx);
    const areas = await findAreasToSetUp(tx);
    return show(
      'Patches and areas',
      <>
        <h1 class="govuk-heading-l">Patches and areas</h1>
        <p class="govuk-body">
          An area is a borough or other council that can be responsible for a young person. Coordinators work
          in patches, which areas are grouped in. What is retired is not offered any more; records still say
          it.
        </p>
        <h2 class="govuk-heading-m">Patches</h2>
        <Button href={newPatchPage.url()}>Add a patch</Button>
        <ScrollingTable
          about="Patches"
          firstCellIsHeader
          head={['Patch', 'Areas in use', 'State'].map((text) => ({ text }))}
          rows={patches.map(({ code, name, areas: count, isRetired }) => [
            { text: <Way to={patchPage.url({ patch: code })} name={name} /> },
            { text: String(count) },
            { text: <State isRetired={isRetired} /> },
          ])}
        />
        <h2 class="govuk-heading-m">Areas</h2>
        <Button href={newAreaPage.url()}>Add an area</Button>
        <ScrollingTable
          about="Areas"
          firstCellIsHeader
          head={['Area', 'Code', 'Patch', 'State'].map((text) => ({ text }))}
          rows={areas.map(({ code, name, patchName, isRetired }) => [
            { text: <Way to={areaPage.url({ area: code })} name={name} /> },
            { text: code },
            { text: <bdi>{patchName ?? 'None'}</bdi> },
            { text: <State isRetired={isRetired} /> },
          ])}
        />
      </>,
      { backTo: '/set-up' },
    );
  },
});

const Way = ({ to, name }: { to: string; name: string }) => (
  <a class="govuk-link" href={to} dir="auto">
    {name}
  </a>
);

const State = ({ isRetired }: { isRetired: boolean }) =>
  isRetired ? <Tag classes="govuk-tag--grey">Retired</Tag> : <>In use</>;
