import { z } from 'zod';
import { formatLondon } from '../../platform/clock/london-time.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import type { Entry } from '../../platform/forms/entry.ts';
import { choice, onlyAsked, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { TextQuestion } from '../../platform/forms/questions.tsx';
import { Button, InsetText, Radios } from '../../platform/govuk/index.ts';
import { page, redirect, refuse, show } from '../../platform/http/page.ts';
import { ScrollingTable } from '../../platform/http/scrolling-table.tsx';
import {
  type BoroughBands,
  type DatedSetting,
  type FigureSetting,
  type FigureSettings,
  findFigureSettings,
  readBreaks,
  setFigureSetting,
  settingNow,
} from '../figure-settings.ts';

/** Minimum frequency rule: a number of 2 tells each of the two about the other. */
const LEAST_COUNT = 3;
const MOST_COUNT = 100;
const LEAST_BASE = 2;

const isOwnBands = { when: (form: Readonly<Record<string, unknown>>) => form.bands === 'own' };

const numberOf = (called: string, least: number, why: string) => ({
  called,
  most: 10,
  rule: {
    holds: (typed: string) => /^\d+$/.test(typed) && Number(typed) >= least && Number(typed) <= MOST_COUNT,
    otherwise: `${called} must be a whole number from ${least} to ${MOST_COUNT}${why}`,
  },
});

/**
 * How small numbers are protected and maps are classed. It is for the administrator, who keeps reference data and reads no record:
 * whoever publishes figures does not also choose how far they are protected.
 */
export const figureSettingsPage = page({
  path: '/set-up/figures',
  for: ['administrator'],
  form: z.object({
    smallestCount: text({
      ...numberOf(
        'The smallest number',
        LEAST_COUNT,
        ': a published 2 tells each of the two about the other, so statisticians’ usual least is 3 (minimum frequency rule)',
      ),
      needed: 'Enter the smallest number that may be published',
    }),
    roundingBase: text(
      numberOf('The number to round to', LEAST_BASE, ', such as 5. Leave it empty to round nothing'),
    ),
    bands: choice(['own', 'jenks'], 'Choose how the map of boroughs is classed'),
    breaks: text({ called: 'Where the classes begin', most: 100 }).register(onlyAsked, isOwnBands),
    last: text({
      called: 'The last number',
      most: 10,
      rule: {
        holds: (typed) => /^\d{1,6}$/.test(typed),
        otherwise: 'The last number must be a whole number, such as 48',
      },
    }).register(onlyAsked, isOwnBands),
  }),

  async get({ tx, entry }) {
    const settings = await findFigureSettings(tx);
    const now = valuesNow(settings);
    const bands = now['borough-bands'];
    const form = entry({
      smallestCount: String(now['smallest-count']),
      roundingBase: now['rounding-base'] === null ? '' : String(now['rounding-base']),
      bands: bands === 'jenks' ? 'jenks' : 'own',
      breaks: bands === 'jenks' ? '' : bands.from.join(', '),
      last: bands === 'jenks' ? '' : String(bands.to),
    });
    const title = 'Figures';
    return show(
      title,
      <>
        <Faults entry={form} />
        <h1 class="govuk-heading-l">{title}</h1>
        <InsetText>
          A change holds for figures that are worked out from now on. What is published stays as it is, and
          figures as at an earlier moment go by what was set then.
        </InsetText>
        <Form>
          <TextQuestion
            name="smallestCount"
            label="What is the smallest number of people that may be published?"
            hint="Numbers from 1 up to one less than this are hidden in every public edition, with as many others as it takes for nobody to work them out. 0 is shown. A larger number protects more, and hides more."
            inputmode="numeric"
            width="short"
            entry={form}
          />
          <TextQuestion
            name="roundingBase"
            label="Round published numbers to the nearest (optional)"
            hint="With 5, a public edition tells 23 as 25. Percentages are of the rounded numbers. Empty: numbers that are told are told exactly."
            inputmode="numeric"
            width="short"
            entry={form}
          />
          <Radios
            name="bands"
            value={form.value('bands')}
            fieldset={{
              legend: { text: 'How is the map of boroughs classed?', classes: 'govuk-fieldset__legend--s' },
            }}
            errorMessage={faultOf(form, 'bands')}
            items={[
              {
                value: 'own',
                text: 'By numbers that stay the same',
                hint: { text: 'So that the maps of two years can be compared' },
                conditional: (
                  <>
                    <TextQuestion
                      name="breaks"
                      label="The first number of each class"
                      hint="Parted by commas, rising, the first 0: for example 0, 5, 11, 20, 36"
                      width="half"
                      entry={form}
                    />
                    <TextQuestion
                      name="last"
                      label="The last number of the last class"
                      hint="A borough with more is in the last class all the same"
                      inputmode="numeric"
                      width="short"
                      entry={form}
                    />
                  </>
                ),
              },
              {
                value: 'jenks',
                text: 'By natural breaks in the numbers (Jenks), in five classes',
                hint: { text: 'Each map has classes of its own' },
              },
            ]}
          />
          <Button preventDoubleClick>Save</Button>
        </Form>
        <h2 class="govuk-heading-m">How it was set</h2>
        <ScrollingTable
          about="How it was set"
          firstCellIsHeader
          head={['From', 'What', 'Value', 'Set by'].map((heading) => ({ text: heading }))}
          rows={settings.map((each) => [
            // What the service began with was always so.
            { text: each.setAt.getTime() === 0 ? 'The beginning' : formatLondon(each.setAt) },
            { text: namesInWords[each.name] },
            { text: valueInWords(each) },
            { text: <bdi>{each.setBy ?? 'Homeward'}</bdi> },
          ])}
        />
      </>,
      { backTo: '/set-up' },
    );
  },

  async post({ tx }, form) {
    const bands = readBands(form);
    if ('fault' in bands) return refuse({ field: bands.field, message: bands.fault });
    const now = valuesNow(await findFigureSettings(tx));
    const wanted: FigureSettings = {
      'smallest-count': Number(form.smallestCount),
      'rounding-base': form.roundingBase === '' ? null : Number(form.roundingBase),
      'borough-bands': bands.bands,
    };
    const changed = (Object.keys(wanted) as FigureSetting[]).filter(
      (name) => JSON.stringify(wanted[name]) !== JSON.stringify(now[name]),
    );
    for (const name of changed) await save(tx, name, wanted);
    return redirect('/set-up/figures', {
      notice:
        changed.length === 0
          ? 'Nothing is changed'
          : `${changed.map((name) => namesInWords[name]).join(', ')}: saved, for figures from now on`,
    });
  },
});

const save = <Name extends FigureSetting>(tx: Transaction, name: Name, to: FigureSettings): Promise<void> =>
  setFigureSetting(tx, name, to[name]);

const namesInWords: Readonly<Record<FigureSetting, string>> = {
  'smallest-count': 'Smallest number published',
  'rounding-base': 'Rounding',
  'borough-bands': 'Classes of the map of boroughs',
};

const faultOf = (entry: Entry, field: string) => {
  const fault = entry.fault(field);
  return fault === undefined ? undefined : { text: fault };
};

const storedBands = z.union([
  z.literal('jenks'),
  z.object({ from: z.array(z.number()), to: z.number() }),
]) satisfies z.ZodType<BoroughBands>;

/** What is set now. @throws when the database holds what it refuses to take */
function valuesNow(settings: readonly DatedSetting[]): FigureSettings {
  const now = (name: FigureSetting) => settingNow(settings, name)?.value ?? null;
  return {
    'smallest-count': z.number().parse(now('smallest-count')),
    'rounding-base': z.number().nullable().parse(now('rounding-base')),
    'borough-bands': storedBands.parse(now('borough-bands')),
  };
}

function valueInWords({ name, value }: DatedSetting): string {
  if (name === 'borough-bands') {
    const bands = storedBands.parse(value);
    if (bands === 'jenks') return 'Natural breaks, in five classes';
    return bands.from
      .map((first, n) => {
        const next = bands.from[n + 1];
        return `${first} to ${next === undefined ? bands.to : next - 1}`;
      })
      .join(', ');
  }
  if (value === null) return 'None';
  return name === 'rounding-base' ? `To the nearest ${value}` : String(value);
}

interface TypedBands {
  readonly bands: 'own' | 'jenks';
  readonly breaks: string;
  readonly last: string;
}

function readBands(typed: TypedBands): { bands: BoroughBands } | { field: string; fault: string } {
  if (typed.bands === 'jenks') return { bands: 'jenks' };
  const breaks = readBreaks(typed.breaks);
  if ('fault' in breaks) return { field: 'breaks', fault: breaks.fault };
  const least = breaks.from.at(-1) ?? 0;
  if (typed.last === '' || Number(typed.last) < least)
    return {
      field: 'last',
      fault: `The last number must be ${least} or more, where the last class begins`,
    };
  return { bands: { from: breaks.from, to: Number(typed.last) } };
}
