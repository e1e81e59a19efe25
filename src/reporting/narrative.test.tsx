import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { year3 } from '../../test/reporting/small-figures.ts';
import { Narrative, narrativeFaults } from './narrative.tsx';

const draw = (words: string) => renderToString(<Narrative words={words} figures={year3} />);

test('headings, lists, quotations, emphasis and links are drawn; lines that follow belong together', () => {
  expect(draw('## What rose\nText of\ntwo lines.\n\n- one\n  and more\n- **two**\n1. first')).toBe(
    '<h3 class="govuk-heading-m">What rose</h3><p class="govuk-body">Text of\ntwo lines.</p>' +
      '<ul class="govuk-list govuk-list--bullet"><li>one\nand more</li><li><strong>two</strong></li></ul>' +
      '<ol class="govuk-list govuk-list--number"><li>first</li></ol>',
  );
  expect(draw('# One')).toBe(draw('## One'));
  expect(draw('### One')).toContain('<h4');
  expect(draw('> “I *trust* them.”')).toBe(
    '<blockquote class="govuk-inset-text"><p class="govuk-body">“I <em>trust</em> them.”</p></blockquote>',
  );
  expect(draw('[the guidance](https://example.org/a_b) and snake_case_words')).toBe(
    '<p class="govuk-body"><a class="govuk-link" href="https://example.org/a_b">the guidance</a> and snake_case_words</p>',
  );
});

test('HTML is text, and a link leads nowhere that runs', () => {
  expect(draw('<script>alert(1)</script> <b onclick=x>&amp;')).toBe(
    '<p class="govuk-body">&lt;script>alert(1)&lt;/script> &lt;b onclick=x>&amp;amp;</p>',
  );
  for (const to of [
    'javascript:alert(1)',
    'JAVASCRIPT:alert(1)',
    'data:text/html,x',
    '//elsewhere.example',
    'vbscript:x',
  ])
    expect(draw(`[here](${to})`)).not.toContain('<a');
});

test('a figure stands in the sentence, and one that there is not is marked and told of', () => {
  expect(
    draw('Lambeth had {{referrals.by-borough E09000022}}, {{referrals.by-borough  E09000022 change}}.'),
  ).toBe(
    '<p class="govuk-body">Lambeth had <data value="referrals.by-borough E09000022">42</data>, ' +
      '<data value="referrals.by-borough E09000022 change">up 75%</data>.</p>',
  );
  const words = 'Of {{referrals.totals}} and **{{support.engaged}}**';
  expect(draw(words)).toContain('<mark>{{referrals.totals}}: there is no measure');
  expect(draw(words)).toContain('<strong><data value="support.engaged">59%</data></strong>');
  expect(narrativeFaults(words, year3)).toEqual([
    '{{referrals.totals}}: there is no measure “referrals.totals” in this report',
  ]);
});

test('long odd text is read in a moment', () => {
  const began = performance.now();
  for (const odd of ['*'.repeat(20_000), '[a]('.repeat(5_000), '{{'.repeat(10_000), '_a '.repeat(7_000)])
    draw(odd);
  expect(performance.now() - began).toBeLessThan(2_000);
});
