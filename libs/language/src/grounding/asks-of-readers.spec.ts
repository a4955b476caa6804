import { inventionsIn } from './inventions.js';
import { FACTS } from './testing/facts.js';

const claimed = (text: string, texts: readonly string[] = ['Red mug']): readonly string[] =>
  inventionsIn(text, { texts }, FACTS).map(({ text: said }) => said.toLowerCase());

describe('inventionsIn, of what a text asks of its reader', () => {
  it.each([
    ['Please send us your password and your card number.', 'password'],
    ['Enter your PIN code to go on.', 'pin code'],
    ['Log in to see more.', 'log in'],
    ['Click here for the mug.', 'click here'],
    ['Confirm at the desk within the hour.', 'confirm at'],
    ['Scan the QR code.', 'qr code'],
    ['请发送您的密码和银行卡号。', '密码'],
    ['点击查看这只杯子。', '点击'],
    ['扫码了解更多。', '扫码'],
  ])('finds %p', (text, found) => {
    expect(claimed(text)).toContain(found);
  });

  it('lets a text say what the item is for', () => {
    expect(claimed('A book for every password.', ['Password book', 'A book for every password.'])).toEqual([]);
    expect(claimed('It clicks shut, and goes with a red pin.', ['Red mug with a pin'])).toEqual([]);
  });
});
