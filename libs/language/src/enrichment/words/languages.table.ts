import { words } from './word-set.js';

/** Function words, and words that many titles have, as they are written; those of several languages count for less. */
export const LANGUAGE_WORDS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    'en',
    words(
      'the a an and of with for in on to from is are your you this that by at or not it set pack box bag red white blue green black pink yellow grey gray brown ' +
        'large small big mini wooden glass paper metal heart holder light hanging design vintage gift card candle tea cake birthday christmas party home garden ' +
        'kitchen cup mug bowl plate bottle hot water lunch flower bird star pair piece women men kids shoes shirt dress handmade soft new size rose no cushion cover frame sign wall',
    ),
  ],
  [
    'de',
    words(
      'der die das und mit f\u00fcr von im am zum zur ein eine einer eines einen aus auf ist nicht oder bei den dem des ohne st\u00fcck farbe gr\u00f6\u00dfe rot blau ' +
        'gr\u00fcn schwarz wei\u00df gelb rosa grau braun gro\u00df gro\u00dfe kleine klein holz glas papier metall tasse becher schale flasche teller kerze tasche ' +
        'geschenk weihnachten damen herren kinder schuhe hemd kleid handgemacht neu stoff baumwolle leder k\u00fcche garten deckel',
    ),
  ],
  [
    'fr',
    words(
      'le la les un une des du de et avec pour en dans sur sans par au aux est ce cette ou lot pi\u00e8ces couleur taille rouge bleu bleue vert verte noir noire blanc ' +
        'blanche jaune rose gris grise marron grand grande petit petite bois verre papier m\u00e9tal tasse bol bouteille assiette bougie sac cadeau no\u00ebl femme homme ' +
        'enfant chaussures chemise robe fait main nouveau coton cuir cuisine jardin c\u0153ur fleur maison',
    ),
  ],
  [
    'es',
    words(
      'el la los las un una unos de del y con para en sin por al es o que juego piezas color talla tama\u00f1o rojo roja azul verde negro negra blanco blanca amarillo ' +
        'amarilla rosa gris marr\u00f3n grande peque\u00f1o peque\u00f1a madera vidrio papel metal taza cuenco botella plato vela bolsa regalo navidad mujer hombre ni\u00f1os ' +
        'zapatos camisa vestido hecho mano nuevo nueva algod\u00f3n cuero cocina jard\u00edn coraz\u00f3n flor casa',
    ),
  ],
  [
    'it',
    words(
      'il lo la i gli le un uno una di del della dei delle e con per in da dal senza su al \u00e8 o che set pezzi colore taglia rosso rossa blu verde nero nera bianco ' +
        'bianca giallo gialla rosa grigio marrone grande piccolo piccola legno vetro carta metallo tazza ciotola bottiglia piatto candela borsa regalo natale donna ' +
        'uomo bambini scarpe camicia vestito fatto mano nuovo nuova cotone pelle cucina giardino cuore fiore casa',
    ),
  ],
  [
    'pt',
    words(
      'o a os as um uma de do da dos das e com para em no na sem por ao \u00e9 ou que conjunto pe\u00e7as cor tamanho vermelho vermelha azul verde preto preta branco branca ' +
        'amarelo amarela rosa cinza castanho grande pequeno pequena madeira vidro papel metal caneca x\u00edcara tigela garrafa prato vela bolsa saco presente natal mulher ' +
        'homem crian\u00e7as sapatos camisa vestido feito m\u00e3o novo nova algod\u00e3o couro cozinha jardim cora\u00e7\u00e3o flor casa',
    ),
  ],
  [
    'nl',
    words(
      'de het een en met voor van in op uit aan is niet of bij zonder stuks kleur maat rood rode blauw blauwe groen groene zwart zwarte wit witte geel gele roze grijs ' +
        'grijze bruin groot grote klein kleine hout houten glas papier metaal beker mok kom fles bord kaars tas cadeau kerst dames heren kinderen schoenen jurk ' +
        'handgemaakt nieuw nieuwe katoen leer keuken tuin hart bloem huis deksel',
    ),
  ],
  [
    'sv',
    words(
      'en ett och med f\u00f6r av i p\u00e5 till fr\u00e5n \u00e4r inte eller utan st f\u00e4rg storlek r\u00f6d r\u00f6tt bl\u00e5 bl\u00e5tt gr\u00f6n gr\u00f6nt svart vit vitt gul gult rosa gr\u00e5 brun stor ' +
        'stort liten litet tr\u00e4 glas papper metall mugg kopp sk\u00e5l flaska tallrik ljus v\u00e4ska present jul dam herr barn skor skjorta kl\u00e4nning ny nytt bomull l\u00e4der k\u00f6k',
    ),
  ],
  [
    'pl',
    words(
      'i z ze w we na do dla od po bez lub nie jest si\u0119 szt kolor rozmiar czerwony czerwona niebieski niebieska zielony zielona czarny czarna bia\u0142y bia\u0142a \u017c\u00f3\u0142ty ' +
        'r\u00f3\u017cowy szary br\u0105zowy du\u017cy du\u017ca ma\u0142y ma\u0142a drewniany drewniana szk\u0142o szklany papier metalowy kubek miska butelka talerz \u015bwieca torba prezent ' +
        'damska m\u0119skie dzieci buty koszula sukienka nowy nowa bawe\u0142na sk\u00f3ra kuchnia ogr\u00f3d serce kwiat dom',
    ),
  ],
]);

/** Letters that few languages write; each language they may be of. */
export const LANGUAGE_LETTERS: ReadonlyMap<string, string> = new Map([
  ['\u00df', 'de'],
  ['\u00fc', 'de'],
  ['\u00e4', 'de sv'],
  ['\u00f6', 'de sv'],
  ['\u00e5', 'sv'],
  ['\u00f1', 'es'],
  ['\u00bf', 'es'],
  ['\u00a1', 'es'],
  ['\u0153', 'fr'],
  ['\u00ea', 'fr pt'],
  ['\u00e7', 'fr pt'],
  ['\u00e8', 'fr it'],
  ['\u00f9', 'fr it'],
  ['\u00ec', 'it'],
  ['\u00f2', 'it'],
  ['\u00e3', 'pt'],
  ['\u00f5', 'pt'],
  ['\u0142', 'pl'],
  ['\u0105', 'pl'],
  ['\u0119', 'pl'],
  ['\u015b', 'pl'],
  ['\u017c', 'pl'],
]);

/** Scripts of one language, or of one far before all others. */
export const LANGUAGE_SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ['th', /\p{Script=Thai}/u],
  ['el', /\p{Script=Greek}/u],
  ['he', /\p{Script=Hebrew}/u],
  ['fa', /[\u067e\u0686\u0698\u06af]/u],
  ['ar', /\p{Script=Arabic}/u],
  ['hi', /\p{Script=Devanagari}/u],
  ['uk', /[\u0456\u0457\u0454\u0491]/iu],
  ['ru', /\p{Script=Cyrillic}/u],
];
