/** Whether it has the shape of a code of the Government Statistical Service: E05014007. Whether it exists is for files to say. */
export function isGssCode(text: string): boolean {
  return /^[EWSN]\d{8}$/.test(text);
}
