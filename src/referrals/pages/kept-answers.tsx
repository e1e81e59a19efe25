import { Details, SummaryList } from '../../platform/govuk/index.ts';
import { inSections, type KeptAnswer } from '../referral-answers.ts';

/** What was answered, section by section; what was not is named at the end, where it is in nobody's way. */
export function KeptAnswers({ answers }: { answers: readonly KeptAnswer[] }) {
  const left = answers.filter(({ value }) => value === null);
  return (
    <>
      {inSections(answers.filter(({ value }) => value !== null)).map(({ section, answers: said }) => (
        <section key={section}>
          <h3 class="govuk-heading-s">{section}</h3>
          <SummaryList
            rows={said.map(({ question, answer }) => ({
              key: { text: question },
              value: {
                text: (
                  <div class="hw-text" dir="auto">
                    {answer}
                  </div>
                ),
              },
            }))}
          />
        </section>
      ))}
      {left.length > 0 && (
        <Details summaryText={`${left.length} ${left.length === 1 ? 'question' : 'questions'} not answered`}>
          <ul class="govuk-list govuk-list--bullet">
            {left.map(({ key, question }) => (
              <li key={key}>{question}</li>
            ))}
          </ul>
        </Details>
      )}
    </>
  );
}
