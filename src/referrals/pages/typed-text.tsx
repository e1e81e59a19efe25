import { fullName, type Names } from '../../people/index.ts';

/** Words as somebody typed them, in their own direction and with their own lines. */
export function TypedText({ children }: { children: string }) {
  return (
    <span class="hw-text" dir="auto">
      {children}
    </span>
  );
}

/** What a referral calls a young person, who may have one name, or none that is known. */
export function ReferredName({ called }: { called: Names }) {
  const isNamed = called.givenNames !== '' || called.familyName !== '';
  return (
    <>
      {isNamed ? <span dir="auto">{fullName(called)}</span> : fullName(called)}
      {!isNamed && called.knownAs !== '' && (
        <>
          , called <span dir="auto">{called.knownAs}</span>
        </>
      )}
    </>
  );
}
