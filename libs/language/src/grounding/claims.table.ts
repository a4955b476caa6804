/**
 * Claims that a shop answers for: what a thing withstands, how it was made, what it does to a body, what others think of it,
 * what it costs. Rows are parted by commas; wordings of one claim by "=", the first names it. Compounds ("BPA-free",
 * "shockproof", "oven-safe") are read by their endings.
 */
export const CLAIMS = [
  // What it withstands and how it is cared for.
  'water proof, water resistant, water repellent, weather proof, rust proof, leak proof, spill proof, splash proof, ' +
    'shatter proof, unbreakable, indestructible, durable, sturdy, robust, hard wearing=hardwearing, heavy duty, long ' +
    'lasting, everlasting, lifetime, dishwasher safe=dishwasher proof=dishwasher, microwave safe=microwave ' +
    'proof=microwaveable=microwave, oven safe=oven proof, freezer safe, food safe=food grade, machine wash=machine ' +
    'washable, hand wash=hand wash only, washable, dry clean, wipe clean, easy clean=easy to clean, non ' +
    'stick=nonstick, non slip=nonslip=anti slip=slip resistant, scratch resistant, stain resistant, crease ' +
    'resistant=wrinkle free=wrinkle resistant=non iron, fire proof, flame retardant=fire retardant, heat resistant, ' +
    'never break, fade=never fade, will never, last for year, keep hot=keep drink hot, keep warm=keep you warm, keep ' +
    'cold=keep cool, spf, upf, energy saving, low maintenance, maintenance free, wind proof, uv protection=uv ' +
    'resistant, insulated=thermal, breathable, absorbent, quick dry=quick drying, antibacterial=anti bacterial, ' +
    'antimicrobial, odor free=odour free, ip67, ip68',
  // How it was made.
  'organic=organically, natural=naturally, all natural, handmade=hand made, handcrafted=hand crafted, hand painted, ' +
    'hand woven, hand stitched, hand blown, hand carved, hand knitted, hand poured, hand finished, artisan=artisanal, ' +
    'homemade=home made, authentic, genuine, original, real, pure, solid, virgin, recycled, recyclable, upcycled, ' +
    'biodegradable, compostable, reusable, sustainable=sustainably=sustainability, eco friendly=environmentally ' +
    'friendly=environment friendly, eco, green energy, ethical=ethically, fair trade=fairtrade, carbon neutral, ' +
    'climate neutral, cruelty free, vegan, vegetarian, plant based, halal, kosher, gluten free, sugar free, keto, ' +
    'gmo=non gmo, raw, locally made=local, made in, country of origin, exclusive=exclusively, patented=patent, ' +
    'personalized=personalised, custom=customized=customised, bespoke, engraved, vintage, antique, retro',
  // What it has.
  'rechargeable, wireless, cordless, bluetooth, wifi=wi fi, usb, led, solar=solar powered, battery=battery ' +
    'operated=battery powered, electric=electrical, waterless, adjustable, foldable=folding=foldaway=fold flat, ' +
    'collapsible, stackable=stacking, reversible, removable=detachable, extendable=extendible, padded, ' +
    'scented=fragranced, unscented=fragrance free, magnetic, automatic=automatically, smart, touchscreen=touch ' +
    'screen, remote control=remote controlled, noise canceling=noise cancelling, ergonomic=ergonomically, ' +
    'orthopedic=orthopaedic, portable, double wall=double walled, tempered, waterline, hypoallergenic=hypo ' +
    'allergenic, toxic=toxin, non toxic=nontoxic, lockable, assembled=assembly=self assembly',
  // What others say of it.
  'certified=certification=certificate, approved, tested, proven, accredited, licensed, official=officially, ' +
    'endorsed, trusted, voted, curated, hand picked=handpicked, editor choice, heirloom, recommended, award ' +
    'winning=award=awarded=prize winning, best selling=bestselling=best seller=bestseller=top selling, best, top ' +
    'rated=highly rated, five star, top, number one, world class, world leading=leading, finest, premium, ' +
    'luxury=luxurious=luxuriously, high quality=quality, superior, first class, professional=professionally, popular, ' +
    'trending=trendy, famous, renowned, iconic, celebrity, customer favorite=customer favourite=everyone ' +
    'favorite=everyone favourite, customer love, customer, shopper love, love by=loved by, review=reviewed, ' +
    'rated=rating, unique, only one, safest, strongest, fastest, rare, collectible=collectable',
  // What it costs and how it comes.
  'free shipping=free delivery=free postage=ship free, free, shipping=ship, delivery=deliver=delivered, next day, ' +
    'same day, return, refund, money back, guarantee=guaranteed, warranty, insured=insurance, no extra cost=no ' +
    'additional cost, no charge=free of charge, complimentary=gratis, extra charge, half the price, third off, ' +
    'discount=discounted, sale, deal, offer, bargain, clearance, off, slashed, half price, promotion=promotional, ' +
    'promo, coupon, voucher, cashback, bonus, save up=save money=you save, cheap=cheapest=cheaper, lowest price, best ' +
    'price, affordable, inexpensive, value for money=great value=good value, limited=limited edition=limited time, ' +
    'last chance, while stock last, selling fast=sell fast=sell out, arrive=arrival, dispatch=dispatched, question ' +
    'asked, in stock, sold out, only left, while supply last, pre order, today only, hurry, new=newest=brand new, ' +
    'latest, newly, reduced=reduced price, second hand, refurbished, pre owned=preowned, buy one, gift box=gift boxed, gift wrap=gift ' +
    'wrapped=gift wrapping, instalment=installment',
  // What it does to a body.
  'medical=medically, medicinal, clinical=clinically, therapeutic=therapy, dermatologist=dermatologically, doctor, ' +
    'fda, ce marked, iso, healthy=health=healthier, healing=heal, cure=curing, treat pain=pain relief=relieve pain, ' +
    'pain, arthritis, acne, eczema, psoriasis, insomnia, anxiety, depression, stress relief=stress, ' +
    'diabetes=diabetic, cancer, migraine=headache=headaches, allergy=allergic=allergen, inflammation=anti inflammatory, anti ' +
    'aging=anti ageing=antiaging, wrinkle, immunity=immune, detox, weight loss=lose weight=slimming, fat burning, ' +
    'boost energy, posture, boost, improve=improves, reduce=reduces, good for you=good for your, help you sleep=help ' +
    'sleep, calm=calming, soothe=soothing, strengthen=strengthening, support joint, joint, mood, nerve, ' +
    'antiviral=anti viral, antifungal, antioxidant, vitamin, nutrient, probiotic,  blood pressure, cholesterol, ' +
    'circulation, digestion, sleep better=better sleep=improve sleep, germ, virus, bacteria, prevent, safe=safety, ' +
    'harmless, chemical',
  // What it asks of its reader: an item asks for nothing.
  'password=passcode=pin code, card number=credit card=debit card=card detail, bank account=bank detail, login=log ' +
    'in=sign in, click here=click below=click the link=click this link, send us=send me=tell us=give us, confirm at=confirm ' +
    'here=confirm your, your address=your e mail=your email=your phone=your detail=your account, call us=text us=e mail ' +
    'us=email us=message us, qr code, pay now=pay by=pay to=pay us',
] as const;

/** Endings that make a claim of the word before: after a hyphen or a space, or only after a hyphen. */
export const CLAIM_ENDINGS: ReadonlyMap<string, 'either' | 'hyphen'> = new Map([
  ['free', 'either'],
  ['proof', 'either'],
  ['resistant', 'either'],
  ['repellent', 'either'],
  ['certified', 'either'],
  ['approved', 'either'],
  ['tested', 'either'],
  ['rated', 'either'],
  ['absorbing', 'either'],
  ['saving', 'hyphen'],
  ['owned', 'hyphen'],
  ['sourced', 'either'],
  ['based', 'hyphen'],
  ['coated', 'either'],
  ['cut', 'hyphen'],
  ['positive', 'hyphen'],
  ['neutral', 'hyphen'],
  ['recommended', 'hyphen'],
  ['made', 'hyphen'],
  ['safe', 'hyphen'],
  ['friendly', 'hyphen'],
  ['grade', 'hyphen'],
  ['powered', 'hyphen'],
  ['colored', 'hyphen'],
  ['coloured', 'hyphen'],
  ['shaped', 'hyphen'],
  ['scented', 'either'],
  ['flavored', 'either'],
  ['flavoured', 'either'],
]);

/** Beginnings that make a claim of the word after a hyphen: "hand-dyed", "anti-fog". */
export const CLAIM_BEGINNINGS: ReadonlySet<string> = new Set(
  'hand anti self ultra non eco bio low high award extra super machine'.split(' '),
);

/** Chinese characters that make a claim of the next one: 防尘, 无铅. After 不含 it is so too. */
export const CLAIM_CHARS: ReadonlySet<string> = new Set('防抗耐零无祛助');

/** Wordings after which a thing's parts are told, and where it is from: what follows needs evidence. */
export const TELLS_PARTS =
  'made of, made from, made with, made by, made out of, made in, crafted from, crafted by, crafted in, built from, ' +
  'built by, woven from, carved from, cut from, cast from, spun from, sewn from, knitted from, constructed from, ' +
  'constructed of, consists of, composed of, come with, comes with, include, includes, including, contain, ' +
  'contains, supplied with, equipped with, features, featuring, compatible with, work with, works with, fits all, ' +
  'designed by, designed in, inspired by, infused with, enriched with, filled with, lined with';

/** Where a word that else is a value or a claim says nothing of the thing. */
export const PLAIN =
  'feel free, free time, carefree, stress free, hassle free, worry free, in the long run, as long as, so long, ' +
  'before long, no longer, all day long, long day, long time, in short, short on, big day, little one, a little, ' +
  'little bit, deep down, in a good light, round off, all round, year round, round the, wide range, take off, set ' +
  'off, show off, finish off, round it off, in return, tall order, in the know, best friend, at its best, at their ' +
  'best, at your best, what is new, new home, new baby, new year, real life, in the end, red riding hood, black ' +
  'forest, red carpet, green tea, black tea, white wine, red wine, glass of, wrapping paper, toilet paper, white ' +
  'chocolate, golden retriever, golden syrup, silver birch, goldfish, orange juice, ice cream, whipped cream, iron ' +
  'on, dog lover, cat lover, on top, top of, top off, on top of, deal with, a great deal, used to, to offer, offer ' +
  'you, not only, not just, not to mention, no matter, no need, no wonder, no doubt, why not, whether or not, on ' +
  'sale in, heart felt, stone age, pain au chocolat, french press, french fry, danish pastry, pure comfort, pure ' +
  'joy, pure fun, pure delight, pure pleasure, calm evening, calm down, swiss roll, english breakfast, turkish ' +
  'delight, brussels sprout, made in heaven';
