/** English words of materials; rows and spellings as of colors. */
export const PLAIN_MATERIALS =
  'wood=wooden, ceramic, porcelain, stoneware, earthenware, bone china=fine china, metal, steel, stainless steel, carbon steel, ' +
  'brass, zinc, aluminum=aluminium, cast iron, wrought iron, pewter, titanium, enamel=enamelled=enameled, plastic, silicone, ' +
  'resin, polyresin, melamine, perspex, polyester, nylon, spandex=elastane=lycra, viscose=rayon, microfiber=microfibre, ' +
  'polypropylene, polystyrene, cotton, wool=woollen=woolen, cashmere, merino=merino wool, silk=silken, velvet, linen, denim, tweed, ' +
  'hessian=burlap, jute, raffia, wicker, rattan, seagrass, bamboo, leather, faux leather=vegan leather=pu leather=imitation leather=fake leather, ' +
  'faux fur=fake fur, suede, faux suede, sheepskin, felt, cardboard, papier mache=paper mache, concrete, ' +
  'sterling silver=925 silver=silver 925, solid gold, solid wood, mother of pearl, plywood, mdf, mango wood, driftwood, soapstone';
export const LIKELY_MATERIALS =
  'glass, paper, crystal glass, satin, canvas, fleece, flannel, acrylic, marble, granite, slate, terracotta, clay, rubber, vinyl, corduroy, ' +
  'chiffon, tulle, muslin, latex, organza, chenille, crochet cotton, sisal, mahogany, teak, acacia, beech, fiberglass=fibreglass';
/** As often something else; a person looks at them. */
export const DOUBTFUL_MATERIALS =
  'crystal, stone, shell, feather, lace, fur, cork, wax, iron, oak, pine, walnut, birch, china, copper, bronze, fabric, foam, mesh, ' +
  'pearl, diamante, tin, straw, willow, bone, horn, gold, silver';
