import { proposedValues } from './proposed-values.js';
import { readValues } from './testing/read-values.js';

describe('colors of an English title', () => {
  it.each([
    ['RED KETTLE', ['red']],
    ['Desk lamp, black', ['black']],
    ['LARGE WHITE ENAMEL BREAD BIN', ['white']],
    ['red/white picnic blanket', ['red', 'white']],
    ['Red & white picnic blanket', ['red', 'white']],
    ['Scarf in red, white and blue', ['red', 'white', 'blue']],
    ['PINK/BLUE POLKADOT LUNCH BOX', ['pink', 'blue']],
    ['GREEN GINGHAM APRON', ['green']],
    ['Grey wool blanket', ['gray']],
    ['navy blue rain coat', ['navy']],
    ['Light blue cotton shirt', ['blue']],
    ['OFF-WHITE LINEN CURTAIN', ['off-white']],
    ['MULTI-COLOURED HAMMOCK', ['multicolor']],
    ['Rose coloured vase', ['rose']],
    ['Colour: rose', ['rose']],
    ['BROOCH AMETHYST COLOUR', ['amethyst']],
    ['SHELF ANTIQUE WHITE FINISH', ['white']],
    ['lavender/white bed linen', ['lavender', 'white']],
    ['SET OF 4 WHITE PLATES', ['white']],
    ['T-LIGHT PINK HOLDER', ['pink']],
    ['BLACK COFFEE TABLE', ['black']],
    ['CREAM CAKE STAND 3 TIER', []],
    ['Silver photo frame', ['silver']],
  ])('are read from %p: %j', (title, colors) => {
    expect(readValues(title, 'color').sure).toEqual(colors);
  });

  it.each([
    'RED RIDING HOOD PUPPET',
    'Black Forest gateau',
    'WHITE SPIRIT 500ML',
    'GOLD FISH BOWL',
    'Green house heater',
    'GREENHOUSE HEATER',
    'BLACK BOARD WITH CHALK',
    'Blackboard',
    'WHITE CHOCOLATE FUDGE',
    'ROSE GARDEN PUZZLE',
    'ENGLISH ROSE TEAPOT',
    'ORANGE SCENTED CANDLE',
    'LAVENDER SOAP',
    'MINT TEA',
    'Lamp, not red',
    'bag without black straps',
    'ASSORTED COLOURS PENCIL CASE',
    'cartridge for red printers',
    'Earl Grey tea',
    'SNOW WHITE COSTUME',
    'SET OF COLOURED PENCILS',
    'Bluetooth speaker',
    'infrared thermometer',
    'ROSES AND LIMES',
    'hand cream',
  ])('are not read from %p', (title) => {
    expect(readValues(title, 'color')).toEqual({ sure: [], asked: [] });
  });

  it.each([
    ['APRON WITH RED TRIM', ['red']],
    ['WHITE ROSEBUD TRINKET BOX', ['white']],
    ['SPOON BLUE HANDLE', ['blue']],
    ['PINK BUTTERFLY PENCIL CASE', ['pink']],
    ['TEA TOWEL BLUE WINDMILL', ['blue']],
    ['WHT MUG', ['white']],
    ['UMBRELLA CHOCOLATE POLKADOT', ['chocolate']],
    ['OLD ROSE SHAWL', ['old rose']],
    ['KETTLE BLK', ['black']],
    ['SILVER HOOP EARRINGS', ['silver']],
    ['ORANGE CANDLE', ['orange']],
    ['infra-red heater', ['red']],
    ['Cup & red saucer', ['red']],
  ])('are left to a person in %p: %j', (title, colors) => {
    expect(readValues(title, 'color')).toEqual({ sure: [], asked: colors });
  });

  it('are those of the thing before those of its parts and motifs', () => {
    expect(readValues('GREEN SPOT CREAM JUG WHITE LID', 'color').sure).toEqual([]);
    expect(readValues('BLUE CANDLES WITH SILVER STARS', 'color')).toEqual({ sure: ['blue'], asked: ['silver'] });
    expect(readValues('WHITE SPOT RED TEAPOT', 'color')).toEqual({ sure: ['red'], asked: ['white'] });
  });

  it('are not what the brand is called', () => {
    expect(proposedValues({ title: 'Orange amplifier', brand: 'Orange' })).toEqual([]);
    const found = proposedValues({ title: 'Orange amplifier, orange', brand: 'Orange' });
    expect(found.map(({ value, span }) => [value, span.from])).toEqual([['orange', 18]]);
    expect(proposedValues({ title: 'The White Company pillow', brand: 'The White Company' })).toEqual([]);
  });
});
