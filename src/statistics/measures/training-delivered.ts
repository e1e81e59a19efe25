import { compareText } from '../count.ts';
import { defineMeasure } from '../define-measure.ts';
import type { Shape, Where } from '../measure.ts';
import { training } from '../readings/events.ts';

const count = (records: 'training-sessions' | 'attendees', where: Where = {}): Shape => ({
  kind: 'count',
  of: { records, where },
});

export const measure = defineMeasure({
  id: 'training.delivered',
  version: 1,
  title: 'Training delivered',
  definition:
    'Training sessions for professionals delivered in the period and how many attended them, in all and by quarter of London. Somebody who attended twice is counted twice.',
  rules: { unknowns: 'A session without a quadrant is under not known; one without a number had nobody.' },
  shape: {
    own: {
      kind: 'object',
      fields: {
        sessions: count('training-sessions'),
        attendees: count('attendees'),
        byQuadrant: {
          kind: 'each',
          by: 'quadrant',
          shape: {
            kind: 'object',
            fields: {
              sessions: count('training-sessions', { quadrant: '*' }),
              attendees: count('attendees', { quadrant: '*' }),
            },
          },
        },
      },
    },
  },
  needs: ['training.csv'],
  reads: { delivered: training },
  figure({ delivered }) {
    const sorted = [...delivered].sort((a, b) => compareText(a.quadrant, b.quadrant));
    return {
      sessions: delivered.reduce((sum, row) => sum + row.sessions, 0),
      attendees: delivered.reduce((sum, row) => sum + row.attendees, 0),
      byQuadrant: Object.fromEntries(
        sorted.map((row) => [row.quadrant, { sessions: row.sessions, attendees: row.attendees }]),
      ),
    };
  },
});
