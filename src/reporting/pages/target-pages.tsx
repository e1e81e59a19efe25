import { z } from 'zod';
import { formatDate, formatLondon, londonDate } from '../../platform/clock/london-time.ts';
import type { PlainDate } from '../../platform/clock/plain-date.ts';
import { choice, date, onlyAsked, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { ChoiceQuestion, DateQuestion, ListQuestion, TextQuestion } from '../../platform/forms/questions.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { ScrollingTable } from '../../platform/http/scrolling-table.tsx';
import type { DefinedMeasure } from '../../statistics/define-measure.ts';
import { targetInWords } from '../against-targets.ts';
import { partInWords } from '../key-words.ts';
import { measuresWithTargets } from '../quarterly-performance.ts';
import {
  type DatedTarget,
  findSetTargets,
  providersWithCodes,
  setTarget,
  type Target,
  targetOn,
  targetsAsAt,
} from '../targets.ts';
import { reportsPage, writers } from './reports-page.tsx';

const MOST = 1_000_000;
const unitOf = ({ shape }: DefinedMeasure): string => (shape.own.kind === 'share' ? '%' : '');
const wordsFor = (measure: DefinedMeasure, target: Target | null): string =>
  target === null ? 'None' : targetInWords(target, unitOf(measure));

/** What is aimed at, by measure: what the quarterly performance report holds each quarter against. */
export const targetsPage = page({
  path: '/reports/targets',
  for: writers,

  async get({ tx, asker, service }) {
    const now = service.clock.now();
    const targets = await targetsAsAt(tx, now);
    const today = londonDate(now);
    const sets = asker.role === 'operations-manager';
    return show(
      'Targets',
      <>
        <h1 class="govuk-heading-l">Targets</h1>
        <p class="govuk-body">
          The quarterly performance report holds each quarter against the target that was in force on its
          first day. A report that is published stays as it is.
          {!sets && ' Operations managers set targets.'}
        </p>
        <ScrollingTable
          about="Targets"
          firstCellIsHeader
          head={['Measure', 'Of the service, today', 'Of providers, today'].map((heading) => ({
            text: heading,
          }))}
          rows={measuresWithTargets.map(({ measure, ofProviders }) => [
            {
              text: sets ? (
                <a class="govuk-link" href={targetPage.url({ measure: measure.id })}>
                  {measure.title}
                </a>
              ) : (
                measure.title
              ),
            },
            { text: wordsFor(measure, targetOn(targets, measure.id, null, today)) },
            { text: ofProviders ? ownTargets(measure, targets, today) : 'Not told by provider' },
          ])}
        />
      </>,
      { backTo: reportsPage.url() },
    );
  },
});

/** The targets that providers have of their own. */
function ownTargets(measure: DefinedMeasure, targets: readonly DatedTarget[], today: PlainDate): string {
  const providers = [
    ...new Set(
      targets.flatMap((each) =>
        each.measure === measure.id && each.provider !== null ? [each.provider] : [],
      ),
    ),
  ];
  const told = providers.map(
    (code) =>
      `${partInWords('provider', code)}: ${wordsFor(measure, targetOn(targets, measure.id, code, today)).toLowerCase()}`,
  );
  return told.join('; ') || 'As of the service';
}

/** One measure: what was aimed at, is and will be, and a form for another. It is for whoever runs the service. */
export const targetPage = page({
  path: '/reports/targets/:measure',
  for: ['operations-manager'],
  params: z.object({ measure: z.string().max(100) }),
  form: z.object({
    provider: text({ called: 'The provider', most: 60 }),
    aim: choice(['at-least', 'at-most', 'none'], 'Choose what is aimed at'),
    value: text({
      called: 'The number',
      most: 10,
      rule: {
        holds: (typed) => /^\d+$/.test(typed) && Number(typed) <= MOST,
        otherwise: `The number must be a whole number from 0 to ${MOST.toLocaleString('en-GB')}`,
      },
    }).register(onlyAsked, { when: ({ aim }) => aim !== 'none' }),
    from: date({ called: 'The day it begins', needed: 'Enter the day it begins' }),
    source: text({ called: 'Where it comes from', most: 200, needed: 'Enter where it comes from' }),
  }),

  async get({ tx, params, entry }) {
    const found = measuresWithTargets.find(({ measure }) => measure.id === params.measure);
    if (!found) return missing();
    const { measure, ofProviders } = found;
    const set = await findSetTargets(tx, measure.id);
    const providers = ofProviders ? await providersWithCodes(tx) : [];
    const form = entry({ aim: 'at-least' });
    const title = `Target: ${measure.title}`;
    return show(
      title,
      <>
        <Faults entry={form} />
        <h1 class="govuk-heading-l">{title}</h1>
        <p class="govuk-body">{measure.definition}</p>
        {set.length === 0 ? (
          <p class="govuk-body">No target was ever set for it, and the report says so.</p>
        ) : (
          <ScrollingTable
            about="Targets that were set"
            firstCellIsHeader
            head={['From', 'Of', 'Target', 'Where it comes from', 'Set'].map((heading) => ({
              text: heading,
            }))}
            rows={set.map((each) => [
              { text: formatDate(each.from) },
              { text: each.provider === null ? 'The service' : partInWords('provider', each.provider) },
              { text: wordsFor(measure, each.target) },
              { text: <bdi>{each.source}</bdi> },
              {
                text: (
                  <>
                    {formatLondon(each.setAt)}, <bdi>{each.setBy ?? 'Homeward'}</bdi>
                  </>
                ),
              },
            ])}
          />
        )}
        <h2 class="govuk-heading-m">Set a target</h2>
        <Form>
          {providers.length > 0 && (
            <ListQuestion
              name="provider"
              label="Of one provider (optional)"
              hint="Empty: of the service, and of every provider that has none of its own"
              options={providers.map(({ code, name }) => ({ value: code, text: name }))}
              entry={form}
            />
          )}
          <ChoiceQuestion
            name="aim"
            label="What is aimed at?"
            options={[
              { value: 'at-least', text: 'At least a number' },
              { value: 'at-most', text: 'At most a number' },
              { value: 'none', text: 'Nothing any more' },
            ]}
            entry={form}
          />
          <TextQuestion
            name="value"
            label={unitOf(measure) === '%' ? 'Which percentage?' : 'Which number?'}
            hint={
              unitOf(measure) === '%'
                ? 'A whole percentage, of a quarter'
                : 'Of a quarter, and not of a year. Leave it empty if nothing is aimed at any more'
            }
            inputmode="numeric"
            width="short"
            entry={form}
          />
          <DateQuestion
            name="from"
            label="From which day?"
            hint="Quarters that begin on this day or later are held against it. Of the same day the target that was set last counts; those before it are kept."
            entry={form}
          />
          <TextQuestion
            name="source"
            label="Where does it come from?"
            hint="For example, the agreement with the funder"
            entry={form}
          />
          <Button preventDoubleClick>Save</Button>
        </Form>
      </>,
      { backTo: targetsPage.url() },
    );
  },

  async post({ tx, params }, { provider, aim, value, from, source }) {
    const found = measuresWithTargets.find(({ measure }) => measure.id === params.measure);
    if (!found) return missing();
    const { measure, ofProviders } = found;
    if (
      provider !== '' &&
      !(ofProviders && (await providersWithCodes(tx)).some(({ code }) => code === provider))
    )
      return refuse({ field: 'provider', message: 'Choose a provider from the list' });
    if (aim !== 'none' && value === '')
      return refuse({ field: 'value', message: 'Enter the number that is aimed at' });
    if (aim !== 'none' && unitOf(measure) === '%' && Number(value) > 100)
      return refuse({ field: 'value', message: `No more than 100% can be reached: ${value} is more` });
    if (from === null) return refuse({ field: 'from', message: 'Enter the day it begins' });
    await setTarget(tx, {
      measure: measure.id,
      provider: provider === '' ? null : provider,
      from,
      target: aim === 'none' ? null : { value: Number(value), direction: aim },
      source,
    });
    return redirect(`/reports/targets/${measure.id}`, { notice: 'The target is saved' });
  },
});
