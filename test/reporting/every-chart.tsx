import {
  GroupedBars,
  HorizontalBars,
  IntervalChart,
  MonthColumns,
  RunChart,
  StackedShares,
} from '../../src/reporting/charts/index.ts';

/** Boroughs with names as long as they get; one hidden, one not available, one 0. */
const boroughs = [
  { label: 'Newham', current: 48, previous: 43 },
  { label: 'Kensington and Chelsea', current: 7, previous: 5 },
  { label: 'Hammersmith and Fulham', current: 'hidden', previous: 6 },
  { label: 'Out of London (not mapped)', current: 16, previous: 'hidden' },
  { label: 'City of London', current: 0, previous: 'not-available' },
] as const;

const monthNames = ['May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec', 'Jan', 'Feb', 'Mar', 'Apr'];
const counts = [32, 35, 31, 36, 33, 30, 34, 38, 33, 35, 52, 34] as const;
const months = monthNames.map((short, at) => ({
  label: `${short} ${at < 8 ? 2020 : 2021}`,
  short,
  current: at === 3 ? ('hidden' as const) : (counts[at] ?? 0),
  previous: at === 5 ? ('hidden' as const) : 28 + ((at * 7) % 11),
}));

/** Twenty-four months: one far up, one hidden, then a shift. */
const twoYears = [...counts, ...counts.map((count) => 40 + (count % 3))].map((count, at) => ({
  label: `${monthNames[at % 12]} ${2019 + Math.floor((at + 4) / 12)}`,
  short: monthNames[at % 12] ?? '',
  value: at === 6 ? ('hidden' as const) : count,
}));

/** One of every chart, with everything that can be in it, by its id. */
export const everyChart = {
  bars: (
    <HorizontalBars
      id="bars"
      title="Referrals by borough, May 2020 to April 2021"
      rowHeading="Borough"
      valueHeading="Referrals"
      rows={boroughs.map(({ label, current }) => ({ label, value: current }))}
    />
  ),
  grouped: (
    <GroupedBars
      id="grouped"
      title="Referrals by borough, this year and last"
      rowHeading="Borough"
      currentName="May 2020 to April 2021"
      previousName="May 2019 to April 2020"
      rows={boroughs}
    />
  ),
  many: (
    <HorizontalBars
      id="many"
      title="Referrals by ward"
      rowHeading="Ward"
      valueHeading="Referrals"
      rows={Array.from({ length: 34 }, (_, at) => ({
        label: at % 3 === 0 ? `Kensington and Chelsea ward ${at}` : `Ward ${at}`,
        value: at === 33 ? ('hidden' as const) : 1400 - at * 37,
      }))}
    />
  ),
  months: (
    <MonthColumns
      id="months"
      title="Referrals by month"
      currentName="May 2020 to April 2021"
      previousName="May 2019 to April 2020"
      months={months}
    />
  ),
  run: (
    <RunChart
      id="run"
      title="Referrals by month, as a run chart"
      timeHeading="Month"
      valueHeading="Referrals"
      points={twoYears.map((point, at) => ({ ...point, target: at < 12 ? 40 : 45 }))}
    />
  ),
  interval: (
    <IntervalChart
      id="interval"
      title="Referrals of each ethnic group against its share of the population"
      rowHeading="Ethnic group"
      valueHeading="Relative rate"
      decimals={2}
      noDifference={1}
      scale="times"
      rows={[
        { label: 'Asian', value: 0.3, low: 0.22, high: 0.41 },
        { label: 'Black', value: 6.17, low: 5.25, high: 7.24 },
        { label: 'Mixed or multiple', value: 'hidden', low: 'hidden', high: 'hidden' },
        { label: 'Other', value: 0, low: 'not-available', high: 'not-available' },
        { label: 'White', value: 0.29, low: 0.24, high: 0.36 },
      ]}
    />
  ),
  stacked: (
    <StackedShares
      id="stacked"
      title="Referrals by ethnic group"
      partHeading="Ethnic group"
      partNames={['Black', 'White', 'Mixed or multiple ethnic groups', 'Asian', 'Other', 'Not known']}
      bars={[
        { label: 'May 2020 to April 2021', percentages: [54, 22, 13, 7, 3, 1] },
        { label: 'May 2019 to April 2020', percentages: [46, 24, 'hidden', 9, 'hidden', 0] },
      ]}
    />
  ),
} as const;
