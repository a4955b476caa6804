/** English words of sizes; rows and spellings as of colors. */
export const PLAIN_SIZES =
  'small, medium, large, mini, jumbo, giant, extra large=xl=x large=xlarge=extralarge, xxl=2xl=extra extra large, xxxl=3xl, ' +
  '4xl=xxxxl, extra small=xs=x small=xsmall, oversized<large=oversize=over sized, king size=king sized, queen size=queen sized, ' +
  'plus size=plus sized, one size=onesize, pocket size=pocket sized, travel size=travel sized, full size=full sized, ' +
  'life size=life sized=lifesize, A3, A4, A5, A6, A2';
export const LIKELY_SIZES =
  'big<large, tiny<mini, huge<giant, miniature<mini, midi, maxi, medium=mid size=mid sized, petite<small';
/** Said of lengths and of people as well. */
export const DOUBTFUL_SIZES = 'tall, long, short, wide, slim, little<small, compact, thick';
export const SHORT_SIZES = 'small=sml=sm, medium=med, large=lge=lrg=lg, extra large=ex large=xlge=ex lge';
/** Sizes only of clothes, or where the text says "size". */
export const LETTER_SIZES = 'small=s, medium=m, large=l';

/** Units of measures by how they are written; the first names it. */
export const LENGTHS =
  'mm=millimeter=millimetre=毫米, cm=cms=centimeter=centimetre=厘米=公分, m=meter=metre=mtr=mtrs=米, in=inch=ins="=英寸=寸, ft=foot=\'=英尺, yd=yard=码';
export const VOLUMES =
  'ml=mls=milliliter=millilitre=毫升, cl=centiliter=centilitre, l=ltr=liter=litre=升, fl oz=fluid ounce, pint=pt, gal=gallon=加仑';
export const WEIGHTS = 'g=gm=gms=gr=gram=gramme=克, kg=kgs=kilo=kilogram=公斤=千克, 斤, oz=ounce=盎司, lb=lbs=pound=磅';
/** Begin as a unit does and are none: 5米线 are noodles, 3升级 an upgrade. */
export const NO_UNITS = '米线, 米粉, 米饭, 米白, 米色, 米黄, 米其林, 升级, 升降, 克拉, 克重, 码数, 寸照, 寸头';
