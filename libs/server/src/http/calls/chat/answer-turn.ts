import { firstReplies, sentence } from '@attune/language/understanding';
import { findItems } from './find-items.js';
import { handOver } from './hand-over.js';
import { lookAfterOrder } from './look-after-order.js';
import { compareItems, tellItems } from './tell-items.js';
import { replied, type Answering, type Turn } from './turn.js';

/** After so many turns in a row that were not understood a person is offered. */
const MOST_UNCLEAR = 2;
/** A price that examples are made with. */
const EXAMPLE_PRICE = 10;

/** Answers a turn without a language model. */
export async function* answerTurn(turn: Turn): Answering {
  const { intent, state, telling, facts } = turn;
  const { language, money } = telling;
  switch (intent.kind) {
    case 'find':
    case 'more':
    case 'different':
    case 'similar':
    case 'reject':
      return yield* findItems(turn);
    case 'details':
      return yield* tellItems(turn, intent.items);
    case 'compare':
      return yield* compareItems(turn, intent.items);
    case 'order-status':
      return yield* lookAfterOrder(turn, intent.order);
    case 'handover':
      return yield* handOver(turn, 'asked');
    case 'not-shown': {
      const n = state.shown.length;
      return replied(n === 0 ? sentence(language, 'not-shown') : sentence(language, 'no-place', { n }), turn);
    }
    case 'unclear': {
      const said = sentence(language, 'unclear', { price: money(EXAMPLE_PRICE) });
      const offer = state.unclear >= MOST_UNCLEAR ? sentence(language, 'handover offer') : '';
      return replied(said + offer, turn, [...firstReplies(facts.wishes.categories, language, facts.reader)]);
    }
    case 'thanks':
      return replied(sentence(language, intent.kind), turn);
    default:
      return replied(sentence(language, intent.kind), turn, [
        ...firstReplies(facts.wishes.categories, language, facts.reader),
      ]);
  }
}
