/**
 * Units by how they are written; the first of a row names it. Rows are parted by commas, spellings by "=". A spelling may
 * stand in more than one row ("pounds"): then either is meant.
 */
export const UNITS =
  'mm=millimeter=millimetre=毫米, cm=cms=centimeter=centimetre=厘米=公分, dm=分米, m=meter=metre=mtr=米, ' +
  'km=kilometer=kilometre=公里=千米, inch=in=inche="=英寸=寸, foot=ft=\'=英尺, yard=yd=码, mile=英里, cm2=sq ' +
  'cm=平方厘米, m2=sqm=sq m=square meter=square metre=平方米=平米, sqft=sq ft=square foot, mg=milligram=毫克, ' +
  'g=gm=gr=gram=gramme=克, kg=kgs=kilo=kilogram=公斤=千克, jin=斤, lb=lbs=pound=磅, oz=ounce=盎司, tonne=ton=吨, ' +
  'ml=mls=milliliter=millilitre=cc=毫升, cl=centiliter=centilitre, dl=deciliter=decilitre, l=lt=ltr=liter=litre=升, ' +
  'floz=fl oz=fluid ounce, pint=pt, quart, gallon=加仑, cup, %=percent=per cent=pct, ‰, degree=°=度, ' +
  'c=°c=celsius=摄氏度, f=°f=fahrenheit=华氏度, w=watt=瓦, kw=kilowatt=千瓦, kwh, v=volt=伏, a=amp=ampere=安, ' +
  'mah=毫安, wh, hz=hertz=赫兹, khz, mhz, ghz, lm=lumen=流明, lux, db=decibel=分贝, pa, bar, psi, rpm, bhp, hp, kb, ' +
  'mb, gb, tb, px=pixel=像素, mp=megapixel, dpi, fps, k, second=sec=s=秒, minute=min=mins=分钟, hour=hr=h=小时, ' +
  'day=天=日, night=夜, week=wk=周=星期, month=mth=mo=月=个月, year=yr=年, yearold=year old=岁, decade, ' +
  'carat=ct=克拉, karat=kt, denier, gsm, tog, ply=层纸, thread count=支棉, spf, kcal=calorie=大卡=千卡, kj, ' +
  'time=倍, fold, 折, star=星, $=dollar=usd=us$=美元, £=gbp=pound=pound sterling=英镑, €=eur=euro=欧元, ' +
  '¥=cny=rmb=yuan=元=块=人民币, jpy=yen=日元, p=pence=penny, cent=毛, chf=franc, inr=rupee=₹, krw=₩, aud, cad';

/** Parts that are counted: three drawers are not three shelves. */
export const COUNTED =
  'tier=level, layer=层, drawer=抽, shelf, pocket, compartment=格, seat=seater=座, person=serving=人, player, ' +
  'speed=档, blade, port, hook, bulb, burner, page=页, room, door=门, bedroom, color=colour=色, flavor=flavour, ' +
  'size=码数, mode, function, setting, way, wick, stage, generation=代';

/** Words after a number that count things and add nothing. */
export const COUNTERS =
  'piece=pc=pcs=pk=pack=set=item=unit=x=th=st=nd=rd=个=只=件=套=片=款=支=把=条=张=块=双=对=枚=颗=粒=朵=瓶=盒=包=袋=本=台=部=种=份=组=束=卷=根=罐=箱=杯';

/** Numbers as words; what is joined ("twenty-four") is read from these. "One" counts only before a unit or another number. */
export const NUMBER_WORDS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    zero: 0,
    half: 0.5,
    two: 2,
    three: 3,
    four: 4,
    five: 5,
    six: 6,
    seven: 7,
    eight: 8,
    nine: 9,
    ten: 10,
    eleven: 11,
    twelve: 12,
    dozen: 12,
    thirteen: 13,
    fourteen: 14,
    fifteen: 15,
    sixteen: 16,
    seventeen: 17,
    eighteen: 18,
    nineteen: 19,
    twenty: 20,
    thirty: 30,
    forty: 40,
    fifty: 50,
    sixty: 60,
    seventy: 70,
    eighty: 80,
    ninety: 90,
    hundred: 100,
    thousand: 1000,
    million: 1_000_000,
    third: 3,
    fourth: 4,
    fifth: 5,
    sixth: 6,
    seventh: 7,
    eighth: 8,
    ninth: 9,
    tenth: 10,
    duo: 2,
    trio: 3,
    quartet: 4,
    twice: 2,
    thrice: 3,
  }),
);
