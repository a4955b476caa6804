/**
 * Words that say what a person is by sex, orientation, religion, origin, skin, health, age, family or belief: attributes by which the law
 * of most countries lets nobody be treated worse. Origins as adjectives of people, not as names of places.
 */
const ENGLISH =
  'wom[ae]n|m[ae]n|girls?|boys?|lad(?:y|ies)|gentlem[ae]n|guys?|fe?males?|gender(?:ed)?|transgender|trans|non-?binary|' +
  'mothers?|fathers?|mums?|moms?|dads?|wi(?:fe|ves)|husbands?|widow(?:er)?s?|divorced|single|married|pregnan(?:t|cy)|' +
  'gays?|lesbians?|bisexual|homosexual|heterosexual|straight|queer|lgbtq?\\+?|sexual(?:ity)?|' +
  'christians?|catholics?|protestants?|orthodox|muslims?|islam(?:ic)?|jew(?:ish|s)?|hindus?|buddhists?|sikhs?|atheists?|religio(?:n|us)|' +
  'african|asian|arab(?:ic|s)?|hispanic|latin[oa]s?|caucasian|indian|chinese|black|white|race|racial|ethnic(?:ity)?|immigrants?|refugees?|' +
  'disab(?:led|ility|ilities)|wheelchair|blind|deaf|autis(?:m|tic)|adhd|depress(?:ed|ion)|diabet(?:es|ic)|cancer|hiv|ill(?:ness)?|' +
  'elderly|seniors?|pensioners?|retired|teen(?:age(?:d|rs?)?|s)?|years? old|aged|young|' +
  'conservatives?|liberals?|republicans?|democrats?|socialists?|communists?|trade union|nationality';
const CHINESE =
  '女性|男性|女士|男士|女人|男人|女孩|男孩|妈妈|爸爸|母亲|父亲|妻子|丈夫|怀孕|孕妇|性别|同性恋|双性恋|' +
  '基督徒|天主教|穆斯林|伊斯兰|回族|犹太|佛教|信徒|宗教|黑人|白人|亚裔|移民|难民|民族|种族|残疾|残障|失明|失聪|自闭|抑郁|糖尿病|' +
  '老人|老年|退休|青少年|岁|党员|国籍';
const PROTECTED = new RegExp(`(?<![\\p{L}\\p{N}])(?:${ENGLISH})(?![\\p{L}\\p{N}])|${CHINESE}`, 'iu');
/** A color of a thing is none of a person. */
const OF_THINGS = /(?:color|colour|颜色)\s*[:：]?\s*(?:black|white|黑色|白色)/giu;

/** Whether a text about a person says what must not decide what the person is shown. Doubtful words count as such. */
export const saysProtected = (text: string): boolean => PROTECTED.test(text.replace(OF_THINGS, ' '));
