/** One kind of message, in words that hold nothing about anybody. */
export interface MessageTemplate {
  /** What it is, for those who look after messages that could not be delivered: "Link to sign in". */
  readonly name: string;
  readonly subject: string;
  /** What is said above the link. */
  readonly text: string;
  /** What is said below it. */
  readonly after?: string;
  /** For how many minutes from its making the link is of use; later it is not sent. */
  readonly usefulFor?: number;
}

/** The messages of a service by name. What has no template of its own is still sent, as `something-waits`. */
export type MessageTemplates = Readonly<Record<string, MessageTemplate>> & {
  readonly 'something-waits': MessageTemplate;
};

export function templateNamed(templates: MessageTemplates, name: string): MessageTemplate {
  return (Object.hasOwn(templates, name) ? templates[name] : undefined) ?? templates['something-waits'];
}

/** The words of a message. */
export function writeMessage(
  { subject, text, after }: MessageTemplate,
  link: string,
): { subject: string; body: string } {
  return { subject, body: [text, link, ...(after === undefined ? [] : [after])].join('\n\n') };
}
