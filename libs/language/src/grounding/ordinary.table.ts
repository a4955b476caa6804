/**
 * English words that say nothing of a thing by themselves: what sentences are joined with, and what offers and
 * explanations are made of. With a capital they are no names.
 */
export const ORDINARY =
  'a about above across add added after again all almost along already also although always am among an and another ' +
  'any anyone anything anywhere are around as ask at away back be beautiful because become been before behind being ' +
  'below beneath beside best better between beyond both bring brings but buy buying by can charming check choose ' +
  'chose classic collection come comes complete could day dear delightful did do does done down each easily easy ' +
  'either else enjoy enough especially even ever every everyday everyone everything everywhere few fill find fine ' +
  'first fit fits fitting for from fun gift gifts give gives giving go goes going good great had happy has have ' +
  'having he hello her here hi him his home how however hi i idea ideal if im in inside into is it its itself just ' +
  'keep keeps kind know last let lets like liked likely live look looking looks lot love loved lovely loves made ' +
  'make makes many match matches matching may maybe me meet might mind more most much must my near need needs never ' +
  'next nice no none nor not nothing now of off often on once one ones only onto or order ordered other others our ' +
  'ours out outside over own pair pairs part people perfect perfectly pick picked piece place please pretty put ' +
  'puts quite rather ready really room same saw say see seen sense serve serves set sets she should show shows side ' +
  'simple simply since so some someone something somewhere soon space special still stop store stunning style such ' +
  'suit suits sure sweet table take takes tell than thank thanks that the their them then there these they thing ' +
  'things think this those though through time times to today together tomorrow too touch try turn two under until ' +
  'up upon us use used useful using usually very view viewed want wanted warm was way ways we welcome well went ' +
  'were what when where whether which while who whole whom whose why will wish with within without wonderful would ' +
  'yes yet you your yours yourself other various assorted mixed none unknown true false standard discover explore ' +
  'introducing meet treat whatever wherever whenever recently earlier picks picked recommend shop shopping cart ' +
  'basket';
