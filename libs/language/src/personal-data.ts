// What is found here is written in Latin letters and digits. It ends where those do: beside letters of other scripts there need be
// no space, as in 卡号4111111111111111吧.

/** Digits that people group by single spaces, dots or dashes, at most 24 of them. */
const DIGIT_GROUPS = /(?<![\p{Script=Latin}\p{N}])\d(?:[ .-]?\d){8,23}(?![\p{Script=Latin}\p{N}])/gu;
const EMAIL = /[\p{L}\p{N}\p{Cf}._%+-]{1,64}@[\p{L}\p{N}\p{Cf}-]{1,63}(?:\.[\p{L}\p{N}\p{Cf}-]{1,63}){1,8}/gu;
const IPV4 =
  /(?<![\p{Script=Latin}\p{N}.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\p{Script=Latin}\p{N}.])/gu;
const IBAN = /(?<![\p{Script=Latin}\p{N}])[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}(?![\p{Script=Latin}\p{N}])/gu;
/** A number that says it is one: a country's code, or an area's in brackets or after a zero. */
const PHONE =
  /(?<![\p{Script=Latin}\p{N}+])(?:\+|00)\d{1,3}(?:[ .()/-]{0,2}\d){6,12}(?!\d)|(?<![\p{Script=Latin}\p{N}])\(?0\d{1,4}\)?(?:[ ./-]{1,2}\d{2,4}){2,4}(?!\d)/gu;
/** Chinese mobile numbers and identity cards are written without grouping. */
const CHINESE_MOBILE = /(?<!\d)1[3-9]\d{9}(?!\d)/gu;
const CHINESE_IDENTITY = /(?<!\d)\d{17}[\dXx](?!\d)/gu;
const US_SOCIAL_SECURITY = /(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])/gu;
/** Keys of services and signed tokens, by how they begin. */
const KEY =
  /(?<![A-Za-z0-9_-])(?:(?:sk|pk|rk)[-_](?=[\w-]{0,40}\d)[\w-]{20,200}|gh[pousr]_\w{20,255}|github_pat_\w{20,255}|glpat-[\w-]{20,64}|xox[abeoprs]-[\w-]{10,255}|A[KS]IA[0-9A-Z]{16}|AIza[\w-]{30,45}|eyJ[\w-]{8,2000}\.[\w-]{8,4000}(?:\.[\w-]{8,2000})?)(?![\p{Script=Latin}\p{N}])/gu;
const BEARER = /(?<=\bbearer\s{1,3})[\w.~+/-]{16,2000}={0,2}/giu;
const PRIVATE_KEY = /-----BEGIN [A-Z ]{0,40}KEY-----(?:[^-]{0,5000}(?:-----END [A-Z ]{0,40}KEY-----)?)/gu;
/** Name and password in an address. */
const CREDENTIALS = /(?<=:\/\/)[^\s/@]{1,256}@/gu;

/** What stands for something that was found. */
type Put = (kind: string, found: string) => string;

/**
 * A text without what identifies a person by its form: addresses of e-mail and IP, phone, card and account numbers, identity
 * numbers, keys of services, credentials in addresses. Each is replaced by its kind in brackets. Names and postal addresses have
 * no form and stay: what is sent to a language model holds texts of the catalogue, queries and reviews, never a user's id or
 * attributes. Linear time; doing it twice changes nothing more.
 */
export const withoutPersonalData = (text: string): string => replaced(text, (kind) => kind && `[${kind}]`);

/** The same with blanks, so that everything else stays where it is: for what takes texts apart before they are sent. */
export const blankedPersonalData = (text: string): string => replaced(text, (_, { length }) => ' '.repeat(length));

function replaced(text: string, put: Put): string {
  const as =
    (kind: string) =>
    (found: string): string =>
      put(kind, found);
  return text
    .replace(CREDENTIALS, as(''))
    .replace(PRIVATE_KEY, as('key'))
    .replace(BEARER, as('key'))
    .replace(KEY, as('key'))
    .replace(EMAIL, as('email'))
    .replace(IPV4, as('ip'))
    .replace(IBAN, (found) => ibanIn(found, put))
    .replace(CHINESE_IDENTITY, as('identity'))
    .replace(US_SOCIAL_SECURITY, as('identity'))
    .replace(DIGIT_GROUPS, (found) => cardIn(found, put))
    .replace(PHONE, as('phone'))
    .replace(CHINESE_MOBILE, as('phone'));
}

/** Capitals and numbers behind an account are of no account: it ends where a group does. */
function ibanIn(found: string, put: Put): string {
  const ends = [found.length, ...Array.from(found.matchAll(/ /g), ({ index }) => index).reverse()];
  const end = ends.find((to) => to >= SHORTEST_IBAN && isIban(found.slice(0, to).replaceAll(' ', '')));
  return end === undefined ? found : put('iban', found.slice(0, end)) + found.slice(end);
}
const SHORTEST_IBAN = 15;

/** A card's number may have other numbers before and behind it, as "3 4111 1111 1111 1111": the usual length is tried first. */
function cardIn(found: string, put: Put): string {
  const groups = Array.from(found.matchAll(/\d+/g), ({ 0: digits, index }) => ({ digits, from: index }));
  for (const length of CARD_LENGTHS)
    for (const [first, { from }] of groups.entries()) {
      let digits = '';
      for (const last of groups.slice(first)) {
        digits += last.digits;
        if (digits.length > length) break;
        if (digits.length < length || !isCard(digits)) continue;
        const to = last.from + last.digits.length;
        return found.slice(0, from) + put('card', found.slice(from, to)) + cardIn(found.slice(to), put);
      }
    }
  return found;
}
const CARD_LENGTHS = [16, 15, 14, 19, 18, 17];

/** The check digits of ISO 13616: the number, letters as two digits, is 1 modulo 97. */
function isIban(iban: string): boolean {
  let rest = 0;
  for (const character of iban.slice(4) + iban.slice(0, 4))
    for (const digit of String(parseInt(character, 36))) rest = (rest * 10 + Number(digit)) % 97;
  return rest === 1;
}

/** The check digit of Luhn, and a first digit that cards have; article numbers (EAN) begin otherwise or are shorter. */
function isCard(digits: string): boolean {
  if (!/^[2-6]/.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const value = Number(digits[digits.length - 1 - i]) * (i % 2 === 0 ? 1 : 2);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}
