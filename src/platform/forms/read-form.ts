import type { z } from 'zod';
import type { Fault } from './fault.ts';
import { onlyAsked, spread } from './fields.ts';

export type Body = Readonly<Record<string, string | string[] | undefined>>;

/** What a browser sent, read by the schema of the page, or what is wrong with it: one fault a field, in page order. */
export function readForm<Form extends z.ZodObject>(
  schema: Form,
  body: Body,
): { ok: true; value: z.output<Form> } | { ok: false; faults: Fault[] } {
  const fields = Object.entries(schema.shape);
  const sent = Object.fromEntries(fields.map(([name, field]) => [name, gather(name, field, body)]));
  const isAsked = (field: z.core.$ZodType) => onlyAsked.get(field)?.when(sent) ?? true;
  const asked = fields.map(([name, field]) => [name, isAsked(field) ? sent[name] : gather(name, field, {})]);
  const read = schema.safeParse(Object.fromEntries(asked));
  if (read.success) return { ok: true, value: read.data };
  const order = fields.map(([name]) => name);
  const faults = new Map<string, Fault>();
  for (const issue of read.error.issues) {
    const field = String(issue.path[0] ?? '');
    if (faults.has(field)) continue;
    faults.set(field, { field, message: issue.message, control: controlOf(schema, field) });
  }
  return {
    ok: false,
    faults: [...faults.values()].sort((a, b) => order.indexOf(a.field) - order.indexOf(b.field)),
  };
}

/** The id of the control to go to. A secret's name begins with `_` so that it is never kept; an id has to begin otherwise. */
function controlOf(schema: z.ZodObject, field: string): string {
  const type = schema.shape[field];
  return type && spread.get(type)?.as === 'date' ? `${field}-day` : field.replace(/^_/, '');
}

/** What was typed, as it can be kept and shown again: every field but the form's own and secrets, which begin with `_`. */
export function typedFields(body: Body): Record<string, string | string[]> {
  const typed: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(body)) {
    if (value !== undefined && !name.startsWith('_')) typed[name] = value;
  }
  return typed;
}

function gather(name: string, field: z.core.$ZodType, body: Body): unknown {
  switch (spread.get(field)?.as) {
    case 'date':
      return {
        day: one(body[`${name}-day`]),
        month: one(body[`${name}-month`]),
        year: one(body[`${name}-year`]),
      };
    case 'many': {
      const value = body[name];
      return value === undefined ? [] : Array.isArray(value) ? value : [value];
    }
    default:
      return one(body[name]);
  }
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
