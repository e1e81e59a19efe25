import { defineMeasure } from '../define-measure.ts';
import type { Shape, Where } from '../measure.ts';
import { training } from '../readings/events.ts';

const count = (records: 'training-sessions' | 'attendees', where: Where = {}): Shape => ({
  kind: 'count',
  of: { records, where },
});

const quadrants = ['north', 'east', 'south', 'west'];
const NONE = { sessions: 0, attendees: 0 };

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
    const inQuadrant = (quadrant: string) => {
      const { sessions, attendees } = delivered.find((row) => row.quadrant === quadrant) ?? NONE;
      return [quadrant, { sessions, attendees }];
    };
    const hasUnknown = delivered.some(({ quadrant }) => quadrant === 'unknown');
    return {
      sessions: delivered.reduce((sum, row) => sum + row.sessions, 0),
      attendees: delivered.reduce((sum, row) => sum + row.attendees, 0),
      byQuadrant: Object.fromEntries([...quadrants, ...(hasUnknown ? ['unknown'] : [])].map(inQuadrant)),
    };
  },
});
