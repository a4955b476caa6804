import { readableTitle } from './readable-title.js';

describe('readableTitle', () => {
  it.each([
    ['SET OF 3 CAKE TINS PANTRY DESIGN ', 'Set of 3 cake tins pantry design'],
    ['REGENCY CAKESTAND 3 TIER', 'Regency cakestand 3 tier'],
    ['ASSTD DESIGN RACING CAR PEN', 'Assorted design racing car pen'],
    ['WHITE HANGING HEART T-LIGHT HOLDER', 'White hanging heart T-light holder'],
    ['SET/20 FRUIT SALAD PAPER NAPKINS', 'Set of 20 fruit salad paper napkins'],
    ['SET 12 COLOURING PENCILS DOILY', 'Set of 12 colouring pencils doily'],
    ['BLUE CHECK BAG W HANDLE 34X20CM', 'Blue check bag with handle 34 x 20 cm'],
    ['DIAMANTE HAIR GRIP PACK/2 BLACK DIA', 'Diamante hair grip pack of 2 black dia'],
    ['FOLK ART GREETING CARD,pack/12', 'Folk art greeting card, pack of 12'],
    ['NURSERY A,B,C PAINTED LETTERS', 'Nursery A, B, C painted letters'],
    ['LETTER "G" BLING KEY RING', 'Letter "G" bling key ring'],
    ['RED/CREAM STRIPE CUSHION COVER', 'Red/cream stripe cushion cover'],
    ['PINK UNION JACK  PASSPORT COVER', 'Pink Union Jack passport cover'],
    ["JUMBO BAG 50'S CHRISTMAS", "Jumbo bag 50's Christmas"],
    ['POLYESTER FILLER PAD 65CMx65CM', 'Polyester filler pad 65 cm x 65 cm'],
    ['*USB Office Mirror Ball', 'USB Office Mirror Ball'],
    ["POTTING SHED SOW 'N' GROW SET", "Potting shed sow 'n' grow set"],
    ['3 TRADITIONAl BISCUIT CUTTERS  SET', '3 traditional biscuit cutters set'],
    ['SILVER/M.O.P PENDANT ORBIT NECKLACE', 'Silver/mother-of-pearl pendant orbit necklace'],
    ['S/4 PINK FLOWER CANDLES IN BOWL', 'Set of 4 pink flower candles in bowl'],
  ])('%s', (raw, readable) => {
    expect(readableTitle(raw)).toBe(readable);
  });

  it('changes nothing when applied to its own result', () => {
    const once = readableTitle('ALARM CLOCK BAKELIKE IVORY');
    expect(readableTitle(once)).toBe(once);
  });
});
