import type { Tone, WrittenLanguage } from '../writing/description.style.js';
import type { OfferWords } from './offer-words.js';

const SIGNS: Readonly<Record<string, string>> = {
  GBP: '£',
  USD: '$',
  EUR: '€',
  CNY: '¥',
  JPY: '¥',
  INR: '₹',
  KRW: '₩',
};

/** An amount of money as a reader knows it: £5, or 5 CHF where the currency has no sign of its own. */
export function money({ amount, currency }: NonNullable<OfferWords['amount']>): string {
  const code = currency.toUpperCase();
  const sign = SIGNS[code];
  return sign === undefined ? `${amount} ${code}` : `${sign}${amount}`;
}

/** What an offer gives, in a few words: "20% off", "包邮"; of a gift and a bundle the shop's own. */
export function discountText({ kind, percent = 0, amount, title = '' }: OfferWords, language: WrittenLanguage): string {
  const isEnglish = language === 'en';
  if (kind === 'percent') return isEnglish ? `${percent}% off` : `优惠${percent}%`;
  if (kind === 'amount' && amount !== undefined) return isEnglish ? `${money(amount)} off` : `立减${money(amount)}`;
  if (kind === 'free-delivery') return isEnglish ? 'free delivery' : '包邮';
  return title;
}

/** A sentence about an offer; `names` of items, none where there is no room. */
type Sentence = (offer: OfferWords, names: readonly string[], tone: Tone) => string;

export const OFFER_SENTENCES: Readonly<Record<WrittenLanguage, Sentence>> = {
  en: (offer, names, tone) => {
    const said = discountText(offer, 'en');
    const listed = names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
    const joint = isOwn(offer) ? ': ' : offer.kind === 'free-delivery' ? ' on ' : ' ';
    const sentence = names.length === 0 ? said : `${said}${joint}${listed}`;
    const opened = `${opening(offer, OPENINGS.en[tone], ': ')}${sentence}`;
    return `${opened.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())}${tone === 'playful' ? '!' : '.'}`;
  },
  zh: (offer, names, tone) => {
    const said = discountText(offer, 'zh');
    const sentence =
      names.length === 0 ? said : isOwn(offer) ? `${said}：${names.join('、')}` : `${names.join('、')}${said}`;
    return `${opening(offer, OPENINGS.zh[tone], '：')}${sentence}${tone === 'playful' ? '！' : '。'}`;
  },
};

const OPENINGS: Readonly<Record<WrittenLanguage, Readonly<Record<Tone, string>>>> = {
  en: { plain: '', factual: '', warm: 'A little treat: ', playful: 'Look: ' },
  zh: { plain: '', factual: '', warm: '给您的一份心意：', playful: '快看：' },
};

const isOwn = ({ kind }: OfferWords): boolean => kind === 'gift' || kind === 'bundle';

/** The shop's name for the offer stands in front, where it is not what is said anyway. */
const opening = (offer: OfferWords, byTone: string, joint: string): string =>
  offer.title === undefined || isOwn(offer) ? byTone : `${offer.title}${joint}`;
