import { formatLondon } from '../../platform/clock/london-time.ts';
import type { ConsultationNote } from '../request-queries.ts';

/** The gender consultants' own notes of a consultation. */
export function ConsultationNotes({ notes }: { notes: readonly ConsultationNote[] }) {
  return (
    <section aria-labelledby="consultation-notes">
      <h2 class="govuk-heading-m" id="consultation-notes">
        Consultation notes
      </h2>
      <p class="govuk-body">
        Read by the gender consultants and the operations manager alone. Whoever asked reads the answer.
      </p>
      {notes.length === 0 && <p class="govuk-body">No notes yet.</p>}
      {notes.map((each) => (
        <div key={each.id} class="hw-note">
          <p class="hw-note__meta">
            <bdi>{each.by}</bdi>, {formatLondon(each.at)}
          </p>
          <p class="hw-note__text" dir="auto">
            {each.note}
          </p>
        </div>
      ))}
    </section>
  );
}
