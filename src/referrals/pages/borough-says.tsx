import { formatLondon } from '../../platform/clock/london-time.ts';
import type { Acknowledgement } from '../borough-queries.ts';
import { TypedText } from './typed-text.tsx';

/** Who of a borough has seen a referral, and what the borough knows and can offer; nothing while it has said nothing. */
export function BoroughSays({ said }: { said: Acknowledgement | null }) {
  if (said === null) return null;
  const wasChanged = said.version > 1;
  return (
    <>
      <p class="govuk-body">
        Seen by <bdi>{said.by}</bdi> of {said.areaName} on {formatLondon(said.at)}
        {wasChanged && (
          <>
            ; last changed by <bdi>{said.changedBy}</bdi> on {formatLondon(said.changedAt)}
          </>
        )}
        .
      </p>
      {said.note !== '' && (
        <div class="govuk-inset-text">
          <TypedText>{said.note}</TypedText>
        </div>
      )}
    </>
  );
}
