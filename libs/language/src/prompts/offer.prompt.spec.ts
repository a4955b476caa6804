import { TONES, WRITTEN_LANGUAGES } from '../writing/description.style.js';
import { offerPrompt } from './offer.prompt.js';

const asked = offerPrompt('warm', 'en');

describe('the prompt of an offer', () => {
  it('has style as an instruction, and tells the offer and titles as quoted data', () => {
    const offer = { kind: 'percent', percent: 20, title: 'Spring\nweek', terms: 'Ends on 31 May.' } as const;
    const [system, user] = asked.ask({
      offer,
      titles: ['Red "deluxe" mug', 'B', 'C', 'D'],
      avoid: ['hurry'],
    }).messages;
    expect(system!.content).toMatch(/at most 280 characters, in English\. Write warmly/);
    expect(user!.content.split('\n')).toEqual([
      'Offer: "20% off"',
      'Name of the offer: "Spring week"',
      'Terms: "Ends on 31 May."',
      'Items: "Red \\"deluxe\\" mug", "B", "C"',
      'Avoid: "hurry"',
    ]);
  });

  it('is one for each tone and language', () => {
    expect(offerPrompt('warm', 'en')).toBe(asked);
    const all = WRITTEN_LANGUAGES.flatMap((language) => TONES.map((tone) => offerPrompt(tone, language)));
    const data = { offer: { kind: 'free-delivery' }, titles: ['Sofa'], avoid: [] } as const;
    expect(new Set(all.map((prompt) => JSON.stringify(prompt.ask(data)))).size).toBe(8);
    expect(all[4]!.ask(data).messages[1]!.content).toContain('Offer: "包邮"');
  });
});
