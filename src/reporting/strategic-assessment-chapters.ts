import type { Block, Chapter, Drawing, OutcomeBlock } from './report-document.ts';

/**
 * The chapters of a strategic assessment, in the order of the field's own (domain guide 1.11), with every table, chart and
 * map of its inventory (1.16) that our records can give. What they cannot is in docs/measures.md.
 */

const figure = (measure: string, drawn: Drawing = 'table', title?: string): Block => ({
  kind: 'figure',
  measure,
  drawn,
  ...(title !== undefined && { title }),
});
const text = (section: string, title: string, ask: string): Block => ({ kind: 'text', section, title, ask });

/** Of a provider's work with one young person, in the four parts of the field. Nobody can be known by it. */
const caseStudy = (section: string): Block =>
  text(
    section,
    'Case study',
    'One young person’s story, by the provider, in four parts: overview, response, outcome, and a quotation in their own words. Change whatever could tell who they are.',
  );

/** The outcomes agreed with the Mayor’s Office for Policing and Crime, with the figures that bear on each (domain guide 1.14). */
const agreedOutcomes: readonly OutcomeBlock[] = [
  {
    kind: 'outcome',
    outcome: 'Young people are worked with one to one',
    evidence: [
      { says: 'Referrals accepted', figure: 'referrals.decisions accepted of' },
      { says: 'Engaged, of those accepted', figure: 'support.engaged of' },
    ],
  },
  {
    kind: 'outcome',
    outcome: 'Less recorded criminal behaviour',
    evidence: [
      {
        says: 'Fewer arrests in the year after, of those with any before',
        figure: 'impact.arrests decreased',
      },
      {
        says: 'Fewer convictions in the year after, of those with any before',
        figure: 'impact.convictions decreased',
      },
    ],
  },
  {
    kind: 'outcome',
    outcome: 'More young people are identified as exploited',
    evidence: [
      { says: 'Referrals', figure: 'referrals.total' },
      { says: 'Change', figure: 'referrals.total change' },
      { says: 'Individuals linked to a county line', figure: 'county-lines.individuals' },
    ],
  },
  {
    kind: 'outcome',
    outcome: 'More young people engage with services',
    evidence: [
      { says: 'Engaged, of those accepted', figure: 'support.engaged' },
      { says: 'Referrals on to other services', figure: 'onward-referrals.by-service total' },
    ],
  },
  {
    kind: 'outcome',
    outcome: 'Exploitation and its networks are better understood',
    evidence: [
      { says: 'Individuals linked to a county line', figure: 'county-lines.individuals' },
      { says: 'With a police force recorded', figure: 'county-lines.by-force recorded' },
    ],
  },
  {
    kind: 'outcome',
    outcome: 'More young people at risk are identified',
    evidence: [{ says: 'Referrals accepted, of all', figure: 'referrals.decisions accepted' }],
    untold: 'How many were at risk only is among the reasons for which referrals were not accepted.',
  },
  {
    kind: 'outcome',
    outcome: 'The risks to young women are known',
    evidence: [{ says: 'Referrals of young women, of all', figure: 'referrals.by-gender female of' }],
  },
  {
    kind: 'outcome',
    outcome: 'Young people are, and feel, safer',
    evidence: [
      { says: 'A positive outcome', figure: 'support.positive-outcome' },
      { says: 'Less harm', figure: 'support.harm-reduced' },
      { says: 'More resilient', figure: 'support.resilience-increased' },
    ],
    untold: 'How safe they feel is asked in the evaluation and is in no record.',
  },
  {
    kind: 'outcome',
    outcome: 'Professionals are trained',
    evidence: [
      { says: 'Sessions', figure: 'training.delivered sessions' },
      { says: 'Professionals', figure: 'training.delivered attendees' },
    ],
  },
  {
    kind: 'outcome',
    outcome: 'More referrals are made to the National Referral Mechanism',
    evidence: [{ says: 'Referrals made', figure: 'nrm.decisions referrals' }],
  },
  {
    kind: 'outcome',
    outcome: 'More families are referred for support',
    evidence: [
      { says: 'Referrals on to family support', figure: 'onward-referrals.by-service family-support' },
    ],
  },
  {
    kind: 'outcome',
    outcome: 'More sexual exploitation is referred to safeguarding',
    evidence: [
      {
        says: 'Referrals on to children’s social care',
        figure: 'onward-referrals.by-service childrens-social-care',
      },
    ],
    untold: 'Whether a young person was exploited sexually is not among what is counted.',
  },
  {
    kind: 'outcome',
    outcome: 'Fewer missing episodes among those who engage',
    evidence: [
      { says: 'Fewer in the year after, of those with any before', figure: 'impact.missing decreased' },
      { says: 'None in the year after, of the same', figure: 'impact.missing to-zero' },
    ],
  },
];

export const strategicAssessmentChapters: readonly Chapter[] = [
  {
    id: 'foreword',
    title: 'Foreword',
    blocks: [text('foreword', 'Foreword', 'From whoever answers for the service. Leave it empty for none.')],
  },
  {
    id: 'about',
    title: 'About this report',
    blocks: [
      { kind: 'about' },
      { kind: 'sources' },
      { kind: 'caveats' },
      text(
        'data-limits',
        'Limits of what could be seen',
        'What could not be reached, and what else a reader must know about the data that the figures do not tell themselves.',
      ),
    ],
  },
  {
    id: 'introduction',
    title: 'Introduction',
    blocks: [text('introduction', 'Introduction', 'What the service is, and what this assessment is for.')],
  },
  {
    id: 'key-findings',
    title: 'Key findings and recommendations',
    blocks: [
      text(
        'findings-impact',
        'Impact',
        'What was found, and beside each finding what is recommended. Put figures in as placeholders.',
      ),
      text('findings-circumstances', 'What changed around the service', 'Findings with recommendations.'),
      text('findings-disproportionality', 'Racial disproportionality', 'Findings with recommendations.'),
      text('findings-young-women', 'Young women and girls', 'Findings with recommendations.'),
      { kind: 'notable' },
    ],
  },
  {
    id: 'year-on-year',
    title: 'Year on year',
    blocks: [
      text('year-on-year', 'What the years show', 'The service so far.'),
      figure('referrals.total', 'bars'),
      figure('referrals.by-month', 'months'),
      figure('rescue.completed', 'bars'),
      figure('county-lines.individuals', 'bars'),
    ],
  },
  {
    id: 'year-in-focus',
    title: 'The year in focus',
    blocks: [
      text('year-in-focus', 'The year', 'What stands out.'),
      figure('referrals.decisions', 'bars'),
      figure('referrals.by-agency', 'bars'),
      figure('support.open-by-length', 'bars'),
    ],
  },
  {
    id: 'london',
    title: 'Where young people live',
    blocks: [
      text('london', 'Across the boroughs', 'What the maps show.'),
      figure('referrals.by-borough', 'borough-map'),
      figure('referrals.by-ward', 'ward-map'),
      figure('county-lines.by-borough', 'borough-map'),
      figure('referrals.deprivation', 'deprivation-map'),
    ],
  },
  {
    id: 'young-people',
    title: 'Who the young people are',
    blocks: [
      text('young-people', 'The young people', 'What stands out.'),
      figure('referrals.by-age', 'bars'),
      figure('county-lines.by-age', 'bars'),
      figure('referrals.by-gender', 'shares'),
      figure('referrals.by-ethnic-group', 'shares'),
      figure('county-lines.by-ethnic-group', 'shares'),
      figure('referrals.disproportionality', 'intervals'),
      figure('referrals.in-education', 'bars'),
      figure('referrals.by-social-care-status', 'bars'),
      figure('referrals.disability', 'table'),
      figure('referrals.gang-link', 'table'),
      figure('referrals.missing', 'table'),
    ],
  },
  {
    id: 'counties',
    title: 'Where they are sent',
    blocks: [
      text('counties', 'Across the country', 'What the maps show.'),
      figure('county-lines.by-force', 'force-map'),
      figure('county-lines.by-town', 'town-map'),
      figure('county-lines.return', 'table'),
    ],
  },
  {
    id: 'rescue',
    title: 'The rescue service',
    blocks: [
      text('rescue', 'Bringing young people home', 'How the rescue service did.'),
      figure('rescue.by-force', 'rescue-map'),
    ],
  },
  {
    id: 'young-women',
    title: 'Young women and girls',
    blocks: [
      text('young-women', 'Young women and girls', 'What is known, and what is missed.'),
      figure('referrals.young-women', 'bars'),
      figure('referrals.young-women-by-ethnic-group', 'shares'),
      caseStudy('young-women-case-study'),
    ],
  },
  {
    id: 'circumstances',
    title: 'What happened around the service',
    blocks: [
      text(
        'circumstances',
        'Events of the year',
        'What changed the work this year, a pandemic or a new law, and what the months show of it.',
      ),
      caseStudy('circumstances-case-study'),
    ],
  },
  {
    id: 'nrm',
    title: 'The National Referral Mechanism',
    blocks: [
      text('nrm', 'The National Referral Mechanism', 'What came of the referrals.'),
      figure('nrm.decisions', 'table'),
      caseStudy('nrm-case-study'),
    ],
  },
  {
    id: 'outcomes',
    title: 'Outcomes',
    blocks: [
      text('outcomes', 'What came of the support', 'What the outcomes show.'),
      figure('support.engaged', 'table'),
      figure('support.positive-outcome', 'table'),
      figure('support.harm-reduced', 'table'),
      figure('support.resilience-increased', 'table'),
      figure('support.county-lines-reduced', 'table'),
      figure('support.neet', 'table'),
      figure('onward-referrals.by-service', 'bars'),
      figure('training.delivered', 'table'),
    ],
  },
  {
    id: 'impact',
    title: 'Impact',
    blocks: [
      {
        kind: 'words',
        words:
          'These figures are of everyone who engaged and has a year behind them, not of a sample. Beside them stand those who were accepted and never engaged: a comparison and no proof, as those who engage differ from those who do not.',
      },
      text('impact', 'What changed for young people', 'What the figures show, and what they do not.'),
      figure('impact.missing', 'table'),
      figure('impact.missing.comparison', 'table'),
      figure('impact.arrests', 'table'),
      figure('impact.arrests.comparison', 'table'),
      figure('impact.convictions', 'table'),
      figure('impact.convictions.comparison', 'table'),
    ],
  },
  {
    id: 'agreed-outcomes',
    title: 'The agreed outcomes',
    blocks: agreedOutcomes,
  },
  {
    id: 'evaluation',
    title: 'Independent evaluation',
    blocks: [
      text(
        'evaluation',
        'What the evaluation found',
        'What young people and professionals said, and how many were asked.',
      ),
    ],
  },
  {
    id: 'operations',
    title: 'Operational updates',
    blocks: [
      text('priorities', 'Priorities of the year', 'What was planned, and what came of it.'),
      text('developments', 'Developments', 'What is new.'),
      text('next-year', 'Next year', 'What comes next.'),
    ],
  },
  {
    id: 'appendices',
    title: 'Appendices',
    blocks: [
      text('county-lines', 'What a county line is', 'For a reader who is new to it.'),
      text('organisation', 'Who does what', 'The organisations and how they work together.'),
      text('referral-process', 'How a referral is made', 'From the first concern to support.'),
      text(
        'contextual-safeguarding',
        'The contextual safeguarding framework',
        'Its four domains, and how they are used.',
      ),
      text(
        'ethics',
        'Ethics and methods',
        'How young people’s information is treated, and how the analysis was made.',
      ),
    ],
  },
  {
    id: 'acknowledgements',
    title: 'Acknowledgements and further reading',
    blocks: [
      text('acknowledgements', 'Acknowledgements', 'Who helped.'),
      text('further-reading', 'Further reading', 'A list of links.'),
    ],
  },
];
