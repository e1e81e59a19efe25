import { type ComponentChildren, createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { ErrorSummary } from '../govuk/index.ts';
import type { Entry } from './entry.ts';

/** What every form of one reply carries: the proof that it is ours, and the id that lets it be carried out once. */
export interface FormTokens {
  csrf: string;
  submission: string;
  /** Where the browser may save what is typed as it is typed; absent for people without a session. */
  autosave?: string | undefined;
}

const Tokens = createContext<FormTokens>({ csrf: '', submission: '' });
export const FormTokensProvider = Tokens.Provider;

interface FormProps {
  action?: string;
  /** Keeps what is typed on the server while it is typed. */
  autosave?: boolean;
  /** Brings a file; the page says so too (`uploads`). */
  upload?: boolean;
  children: ComponentChildren;
}

/** A form that posts to the page it stands on. */
export function Form({ action, autosave, upload, children }: FormProps) {
  const tokens = useContext(Tokens);
  return (
    <form
      method="post"
      action={action}
      enctype={upload ? 'multipart/form-data' : undefined}
      novalidate
      data-autosave={autosave ? tokens.autosave : undefined}
    >
      <input type="hidden" name="_csrf" value={tokens.csrf} />
      <input type="hidden" name="_submission" value={tokens.submission} />
      {children}
    </form>
  );
}

/** All that is wrong with what was typed, each fault a link to its field. */
export function Faults({ entry }: { entry: Entry }) {
  if (entry.faults.length === 0) return null;
  return (
    <ErrorSummary
      titleText="There is a problem"
      errorList={entry.faults.map((fault) => ({
        text: fault.message,
        href: `#${fault.control ?? fault.field}`,
      }))}
    />
  );
}
