import { formatLondon } from '../platform/clock/london-time.ts';
import { renderDocument } from '../platform/http/layout.tsx';
import { wordFor } from '../reference/code-lists.ts';
import { type HeldRecord, type HeldSection, NOT_IN_A_COPY } from './held.ts';
import { type HeldField, type Mark, redactionReasons, type Stretch, stretchesOf } from './redaction.ts';
import type { SubjectAccess } from './subject-access.ts';

/** Which copy is made: what is given away, or everything, for the lead alone. */
export type CopyKind = 'redacted' | 'whole';

interface CopyParts {
  reference: string;
  madeAt: Date;
  kind: CopyKind;
}

const STYLE = `
  body { font: 12pt/1.5 sans-serif; max-width: 46em; margin: 2em auto; padding: 0 1em; color: #0b0c0c; }
  h2 { border-bottom: 2px solid #0b0c0c; margin-top: 2em; break-after: avoid; }
  article { border-bottom: 1px solid #b1b4b6; padding: 0.5em 0; }
  dl { margin: 0; } dt { font-weight: bold; break-after: avoid; } dd { margin: 0 0 0.5em; white-space: pre-line; overflow-wrap: anywhere; }
  .bar { background: #0b0c0c; color: #fff; padding: 0 0.25em; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
`;

/** A file of its own, to be read and printed anywhere: it needs nothing else, and what is blacked out is not in it. */
export function subjectAccessCopy(
  { sections, marks }: SubjectAccess,
  { reference, madeAt, kind }: CopyParts,
): string {
  const applied = kind === 'redacted' ? marks : null;
  const title =
    kind === 'redacted' ? 'What is held about you' : `Everything held about ${reference}, not redacted`;
  return renderDocument(
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <title>{title}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex, nofollow" />
        <style>{STYLE}</style>
      </head>
      <body>
        <main>
          <h1>{title}</h1>
          <p>
            Record {reference}. Made {formatLondon(madeAt)}.
          </p>
          {kind === 'redacted' ? (
            <p>
              Where it says <Bar />, something was left out. {reasonsInWords(sections, marks)} You can ask the
              data protection lead about it, and complain to the Information Commissioner.
            </p>
          ) : (
            <p>
              <strong>OFFICIAL-SENSITIVE. This is about other people too: it must not be given away.</strong>
            </p>
          )}
          <p>{NOT_IN_A_COPY}</p>
          {sections.map((section) => (
            <Section section={section} marks={applied} />
          ))}
        </main>
      </body>
    </html>,
  );
}

function Section({ section, marks }: { section: HeldSection; marks: readonly Mark[] | null }) {
  return (
    <section>
      <h2>{section.title}</h2>
      {section.records.map((record) => (
        <article>
          <p>{recordedInWords(record)}</p>
          <dl>
            {record.fields.map((field) => (
              <>
                <dt>{field.label}</dt>
                <dd dir="auto">
                  <Stretches
                    stretches={
                      marks === null ? [{ kind: 'shown', text: field.text }] : stretchesOf(field, marks)
                    }
                  />
                </dd>
              </>
            ))}
          </dl>
        </article>
      ))}
    </section>
  );
}

/** When a row was written, and whether it is an earlier version. */
export function recordedInWords({ recordedAt, isEarlier }: HeldRecord): string {
  const at = new Date(recordedAt);
  const when = Number.isNaN(at.getTime()) ? 'Recorded' : `Recorded ${formatLondon(at)}`;
  return isEarlier ? `${when}; it was changed later` : when;
}

/** A field as it is given away. */
export function Stretches({ stretches }: { stretches: readonly Stretch[] }) {
  return <>{stretches.map((stretch) => (stretch.kind === 'redacted' ? <Bar /> : stretch.text))}</>;
}

function Bar() {
  return <span class="bar">[redacted]</span>;
}

function reasonsInWords(sections: readonly HeldSection[], marks: readonly Mark[]): string {
  const reasons = new Set<string>();
  for (const field of fieldsOf(sections))
    for (const stretch of stretchesOf(field, marks))
      if (stretch.kind === 'redacted') reasons.add(stretch.reason);
  const words = [...reasons].map((reason) => wordFor(redactionReasons, reason).toLowerCase());
  return words.length === 0 ? 'Nothing was.' : `The reasons were that ${words.join('; or ')}.`;
}

const fieldsOf = (sections: readonly HeldSection[]): HeldField[] =>
  sections.flatMap(({ records }) => records.flatMap(({ fields }) => fields));

/** Everything held, with what is to be blacked out marked: for a machine, and for the lead alone. */
export function subjectAccessData(
  { sections, marks }: SubjectAccess,
  { reference, madeAt }: { reference: string; madeAt: Date },
): string {
  const data = {
    reference,
    madeAt: madeAt.toISOString(),
    notIncluded: NOT_IN_A_COPY,
    sections: sections.map(({ table, title, records }) => ({
      table,
      title,
      records: records.map(({ rowId, isEarlier, recordedAt, fields }) => ({
        id: rowId,
        isEarlierVersion: isEarlier,
        recordedAt,
        fields: fields.map((field) => ({
          field: field.field,
          label: field.label,
          text: field.text,
          redacted: stretchesOf(field, marks),
        })),
      })),
    })),
  };
  return `${JSON.stringify(data, null, 2)}\n`;
}
