/** One thing wrong with a form: which field, and what to do about it, in words for the person who typed it. */
export interface Fault {
  field: string;
  message: string;
  /** The id of the control to go to, where it is not the field's own name. */
  control?: string;
}
