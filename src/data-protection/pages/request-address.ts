/** The address of a request, or of a part of its work. */
export const requestAddress = (id: string, part?: string): string =>
  part === undefined ? `/rights-requests/${id}` : `/rights-requests/${id}/${part}`;
