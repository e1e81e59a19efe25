import { fullName, personAddress } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate, londonDate } from '../../platform/clock/london-time.ts';
import { page, show } from '../../platform/http/page.ts';
import { ScrollingTable } from '../../platform/http/scrolling-table.tsx';
import { type Grown, whoGrowsUp } from '../life-event-queries.ts';
import { transitionPlanAddress } from './life-event-addresses.ts';
import { maySeePlans, watchersOfAge } from './who-records.ts';

/** More than a service supports at once of this age. */
const MOST = 500;

/** Who in support turns 18 within half a year, who turned 18 without a plan that was checked since, and who has turned 26. */
export const turning18Page = page({
  path: '/turning-18',
  for: watchersOfAge,
  async get({ tx, asker, service }) {
    const today = londonDate(service.clock.now());
    await recordLook(tx, { action: 'view-turning-18', subject: { kind: 'list', id: null }, personId: null });
    const seesPlans = maySeePlans(asker.role);
    const turning = await whoGrowsUp(tx, 'turning-18', today, MOST);
    const turned = seesPlans ? await whoGrowsUp(tx, 'adult', today, MOST) : [];
    const past = await whoGrowsUp(tx, 'turned-26', today, MOST);
    return show(
      'Turning 18',
      <>
        <h1 class="govuk-heading-l">Turning 18</h1>
        <p class="govuk-body">
          Support can go on after 18. What changes is who agrees to it, what may be shared with whom, and
          which services there are: make a plan from 17 and a half.
        </p>
        {turned.length > 0 && (
          <ScrollingTable
            about="Turned 18, and the plan is not done"
            caption="Turned 18, and the plan is not done"
            captionClasses="govuk-table__caption--m"
            head={[{ text: 'Young person' }, { text: '18 on' }, { text: 'Borough' }, { text: 'Plan' }]}
            rows={turned.map((each) => [
              { text: <Name of={each} /> },
              { text: `${each.isSure ? '' : 'About '}${formatDate(each.turns18On)}` },
              { text: each.areaName },
              {
                text: (
                  <a class="govuk-link" href={transitionPlanAddress(each.personId)}>
                    {each.hasPlan ? 'Made, to be checked now that they are 18' : 'Turned 18 without a plan'}
                  </a>
                ),
              },
            ])}
          />
        )}
        {turning.length === 0 ? (
          <p class="govuk-body">Nobody in support turns 18 within half a year.</p>
        ) : (
          <ScrollingTable
            about="18 within half a year, the soonest first"
            caption="18 within half a year, the soonest first"
            captionClasses="govuk-table__caption--m"
            head={[
              { text: 'Young person' },
              { text: '18 on' },
              { text: 'Borough' },
              ...(seesPlans ? [{ text: 'Plan' }] : []),
            ]}
            rows={turning.map((each) => [
              { text: <Name of={each} /> },
              { text: `${each.isSure ? '' : 'About '}${formatDate(each.turns18On)}` },
              { text: each.areaName },
              ...(seesPlans ? [{ text: each.hasPlan ? 'Made' : 'None yet' }] : []),
            ])}
          />
        )}
        <h2 class="govuk-heading-m">26 and still in support</h2>
        {past.length === 0 ? (
          <p class="govuk-body">Nobody.</p>
        ) : (
          <>
            <p class="govuk-body">
              The service is for people up to 25. Agree an ending, and who supports them then. Nothing ends by
              itself.
            </p>
            <ScrollingTable
              about="26 and still in support"
              caption="26 and still in support"
              captionClasses="govuk-visually-hidden"
              head={[{ text: 'Young person' }, { text: '26 on' }, { text: 'Borough' }]}
              rows={past.map((each) => [
                { text: <Name of={each} /> },
                { text: `${each.isSure ? '' : 'About '}${formatDate(each.turns26On)}` },
                { text: each.areaName },
              ])}
            />
          </>
        )}
      </>,
    );
  },
});

function Name({ of }: { of: Grown }) {
  return (
    <a class="govuk-link" href={personAddress(of.personId)}>
      <bdi>{fullName(of)}</bdi>
    </a>
  );
}
