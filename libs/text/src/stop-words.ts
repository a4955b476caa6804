/** English function words that carry no meaning in a search over items. Short on purpose: "up" and "off" may matter. */
export const ENGLISH_STOP_WORDS: ReadonlySet<string> = new Set(
  (
    'a an and are as at be been but by can could did do does for from had has have he her his how i if in into is it its ' +
    'me my no nor not of on or our she should so some such than that the their them then there these they this those ' +
    'to too us was we were what when where which who whom why will with would you your'
  ).split(' '),
);
