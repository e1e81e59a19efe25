import { InsetText } from '../../govuk/index.ts';

/** Recovery codes, the one time they are shown. */
export function RecoveryCodeList({ codes }: { codes: readonly string[] }) {
  return (
    <>
      <p class="govuk-body">
        On a day without your app, each of these signs you in once in place of a code. They are not shown
        again: print this page or copy them out, and keep them where only you get at them, not with your
        password.
      </p>
      <InsetText>
        <ul class="govuk-list govuk-!-margin-bottom-0">
          {codes.map((code) => (
            <li key={code} class="hw-code">
              {code}
            </li>
          ))}
        </ul>
      </InsetText>
    </>
  );
}
