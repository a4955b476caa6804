import type { ChatAnswer } from '@attune/server';
import type { Output } from '../output/output.js';
import { printable } from '../output/printable.js';
import { textTable } from '../output/text-table.js';

/** A turn's answer: the reply, what is shown with its reasons, what may be said next. */
export function chatLines(
  { reply, slate, quickReplies, degraded }: ChatAnswer,
  { colors, columns }: Output,
): readonly string[] {
  const items = slate?.items ?? [];
  return [
    ...reply.split('\n').map((line) => colors.bold(printable(line))),
    ...(items.length === 0
      ? []
      : textTable(
          [
            { title: '', right: true },
            { title: 'item', gives: true },
            { title: 'price', right: true },
            { title: 'why', gives: true },
          ],
          items.map(({ rank, id, item, reason }) => [
            `[${rank}]`,
            printable(item?.title ?? id),
            item?.price === undefined ? '' : `${item.price.amount.toFixed(2)} ${printable(item.price.currency)}`,
            printable(reason?.text ?? ''),
          ]),
          columns,
        )),
    ...(quickReplies.length === 0
      ? []
      : [colors.dim(`say: ${quickReplies.map(({ message }) => printable(message)).join(' · ')}`)]),
    ...degraded.map(({ code, detail }) => colors.dim(`${code}: ${printable(detail ?? '')}`)),
    '',
  ];
}
