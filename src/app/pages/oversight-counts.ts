import { countBreaches, countOpenRequests, overdueReviews } from '../../data-protection/index.ts';
import { openRequests } from '../../disposal/index.ts';
import { findRolesToAnswerFor } from '../../organisations/index.ts';
import { londonDate } from '../../platform/clock/london-time.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { undeliveredMessages } from '../../platform/messages/undelivered.ts';
import { openings } from '../../restricted/index.ts';
import { type Counted, type CountGroup, MOST_COUNTED } from './home-counts.ts';

/** What waits for those who answer for the service and not for anybody's case. */

/** What waits for the data protection lead. */
export async function protectionGroups(tx: Transaction, now: Date): Promise<CountGroup[]> {
  const requests = await countOpenRequests(tx, londonDate(now));
  const breaches = await countBreaches(tx);
  const opened = await openings(tx, { reviewed: false, most: MOST_COUNTED });
  const reviews = await overdueReviews(tx, now);
  return [
    {
      id: 'requests',
      heading: 'Requests by right',
      counts: [
        { count: requests.late, text: 'whose answer is late', href: '/rights-requests?show=late' },
        { count: requests.open, text: 'to answer', href: '/rights-requests' },
      ],
    },
    {
      id: 'breaches',
      heading: 'Breaches',
      counts: [
        {
          count: breaches.toTell,
          text: 'of which the Information Commissioner is still to be told',
          href: '/breaches?show=to-tell',
        },
        { count: breaches.open, text: 'not closed', href: '/breaches?show=open' },
      ],
    },
    {
      id: 'access',
      heading: 'Who has looked, and who may',
      counts: [
        {
          count: opened.openings.length,
          text: 'records opened in an emergency, to review',
          one: 'record opened in an emergency, to review',
          href: '/record-openings',
        },
        {
          count: reviews.length,
          text: 'roles that nobody confirmed for a quarter',
          one: 'role that nobody confirmed for a quarter',
          href: '/access-reviews',
        },
      ],
    },
    { id: 'disposal', heading: 'Disposal', counts: [await disposalsToDecide(tx)] },
  ];
}

/** What waits for the operations manager beside young people. */
export async function serviceGroup(tx: Transaction, now: Date): Promise<CountGroup> {
  const roles = await findRolesToAnswerFor(tx, { most: MOST_COUNTED });
  const undelivered = await undeliveredMessages(tx, undefined, MOST_COUNTED);
  const requests = await countOpenRequests(tx, londonDate(now));
  const breaches = await countBreaches(tx);
  return {
    id: 'service',
    heading: 'The service',
    counts: [
      {
        count: roles.filter(({ approvedAt }) => approvedAt === null).length,
        text: 'roles that wait for your answer',
        one: 'role that waits for your answer',
        href: '/approvals',
      },
      {
        count: undelivered.length,
        text: 'messages that reached nobody',
        one: 'message that reached nobody',
        href: '/messages/undelivered',
      },
      {
        count: requests.late,
        text: 'requests by right that are late',
        one: 'request by right that is late',
        href: '/rights-requests?show=late',
      },
      {
        count: breaches.open,
        text: 'breaches that are not closed',
        one: 'breach that is not closed',
        href: '/breaches?show=open',
      },
      await disposalsToDecide(tx),
    ],
  };
}

async function disposalsToDecide(tx: Transaction): Promise<Counted> {
  const open = await openRequests(tx);
  return {
    count: open.filter(({ approvedAt }) => approvedAt === null).length,
    text: 'disposals that wait for a second person',
    one: 'disposal that waits for a second person',
    href: '/disposal',
  };
}
