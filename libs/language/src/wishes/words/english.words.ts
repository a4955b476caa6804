import type { WordTable } from '../tags.js';

/** What English shoppers say, `|` between phrases: prices, negation, lists and fields. */
const SAID: WordTable = {
  max:
    'under|below|less than|at most|max|maximum|maximum of|max of|up to|cheaper than|not more than|no more than|' +
    'not over|not above|not exceeding|within|costs less than|lower than|for less than|less expensive than|' +
    'for under|no higher than|not higher than|does not exceed|at the most|as much as|limit of|limit is|stay under|' +
    'keep it under|upto|inside of|<|< =|≤',
  min:
    'over|above|more than|at least|from|min|minimum|minimum of|min of|not less than|no less than|not under|' +
    'not below|starting at|>|> =|≥|starting from|upwards of|higher than|greater than|more expensive than|' +
    'dearer than|exceeding|pricier than',
  around:
    'around|about|roughly|approximately|approx|circa|near|close to|somewhere around|something around|' +
    'in the region of|or so for|~|≈',
  'weak-bound':
    'over|above|at least|at most|from|up to|max|maximum|min|minimum|more than|less than|within|around|about|near|' +
    'close to|no more than|not more than|no less than|not less than|greater than|higher than|lower than|as much as|' +
    'starting from|starting at|between|roughly|approximately|approx|not over|not above|not under|not below|circa',
  'max-after': 'or less|or under|or below|max|maximum|tops|at most|or cheaper|and under|and below|at the most|and less',
  'min-after': '+|or more|and up|or over|and above|or above|and over|minimum|upwards|plus|and more|at least|or higher',
  'around-after': 'or so|ish|or thereabouts|give or take',
  between: 'between|from|in the range of|ranging from|anywhere between|anywhere from|somewhere between|price range',
  to: 'to|till|until|-|–|—|~',
  price: 'price|priced|priced at|cost|costs|costing|price tag|prices|price point|price of|cost of|for the price of',
  budget:
    'budget|budget of|budget is|spend up to|can spend|to spend|have to spend|can afford|afford|price limit|' +
    'price cap|budget around|willing to spend|willing to pay|spending limit|i only have|i have|i have only|' +
    'i have got',
  spend: 'spend|spending|pay|paying|cost|costs|costing|go|going|priced|afford|anything|nothing|something',
  unit:
    'cm|mm|m|km|inch|inches|ft|foot|feet|yard|yards|kg|kilo|kilos|g|gr|gram|grams|mg|lb|lbs|oz|ounce|ounces|l|ml|' +
    'cl|liter|liters|litre|litres|gb|mb|tb|mah|w|watt|watts|v|volt|volts|hz|mp|pc|pcs|piece|pieces|pack|packs|' +
    'people|person|persons|year|years|yr|yrs|month|months|week|weeks|day|days|hour|hours|hr|hrs|minute|minutes|min|' +
    'mins|times|star|stars|percent|degrees|x|set|sets|items|pairs|pair|reviews|lumens|rpm|k|kw|pages|seats|seater|' +
    'layers|tier|tiers|cups|ply|tog',
  not:
    "not|no|without|except|except for|anything but|everything but|all but|other than|apart from|besides|don't|" +
    "doesn't|isn't|aren't|won't|can't|shouldn't|wasn't|didn't|never|neither|nor|non|excluding|exclude|avoid|" +
    "avoiding|minus|nothing|hate|dislike|instead of|rather than|can't stand|cannot stand|sick of|allergic to|" +
    'cannot|ignore|skip|hates|dislikes|no more|none of|leave out|free of',
  'not-after': 'free',
  'not-only': "not only|not just|not necessarily|not exclusively|doesn't have to be only|not always",
  and: 'and|or|nor|and or|as well as|plus|&',
  but: "but|but rather|just|only|rather|instead|prefer|i'd rather have|but in|but with",
  skip:
    'want|wanting|like|need|in|of|made|made of|made from|made out of|a|an|the|any|anything|something|it|that|' +
    'that is|which is|which are|that are|to be|be|is|are|really|too|so|very|these|those|this|with|all|show|show me|' +
    'have|having|ones|one|on|interested in|into|looking for|include|including|contain|containing|come in|from|by|' +
    'for|get|see|buy|give me|me|care for|fond of|if possible|please|more',
  any:
    'any|whatever|whichever|every|all|no|any kind of|any sort of|no specific|no particular|no preferred|' +
    "don't have a|no preference on|no preference for",
  'no-matter':
    "no matter|no matter what|no matter the|regardless of|don't care about|don't care what|do not care about|" +
    "don't mind what|not fussy about|not picky about|forget|forget about|never mind|ignore|i'm flexible on|" +
    "flexible on|flexible with|open to any|don't mind the|don't mind|whatever the|not worried about|" +
    "doesn't matter what|doesn't matter which|without|drop|remove|clear|no preference about",
  'not-matter':
    "doesn't matter|does not matter|don't matter|do not matter|isn't important|is not important|not important|" +
    "is irrelevant|isn't an issue|is not an issue|is no issue|is no object|no object|is not a problem|" +
    "isn't a problem|is no problem|whatever|is up to you|not an issue|is flexible|unimportant|isn't a concern|" +
    'is no concern',
  'need-not':
    "doesn't have to be|does not have to be|don't have to be|doesn't need to be|does not need to be|needn't be|" +
    "need not be|not have to be|no need to be|need not to be|don't need to be|do not have to be|" +
    'must not necessarily be',
  by: 'by|from|made by|brand|by the brand|from the brand|brand is|brand name|manufactured by|produced by|of the brand',
  'category-word': 'category|section|department|aisle|range|collection|categories',
};

/** Compared with before, order and places, and what is asked of the shop. */
const ASKED: WordTable = {
  cheaper:
    'cheaper|less expensive|cheap|more affordable|affordable|inexpensive|lower price|lower priced|lower prices|' +
    'too expensive|too pricey|too dear|too much money|not so expensive|not too expensive|not that expensive|' +
    'not very expensive|not expensive|less pricey|costs less|cost less|on a budget|over my budget|out of my budget|' +
    "above my budget|too costly|less costly|bit steep|too steep|can't afford that|can't afford it|" +
    "can't afford this|more reasonable|better price|cheaper than that|cheaper than this|cheaper than these|" +
    "cheaper than those|budget friendly|good value|that's too much|this is too much|that is a lot|low cost|" +
    'lower budget|cheaply',
  dearer:
    'more expensive|pricier|dearer|higher price|higher priced|higher prices|more premium|premium|fancier|' +
    'more luxurious|higher end|too cheap|more upmarket|high end|better quality|higher quality|upscale|expensive|' +
    'luxury|more exclusive',
  bigger:
    'bigger|larger|too small|greater size|more space|roomier|bigger than that|bigger than this|larger size|' +
    'bigger size|not so small|not big enough|not large enough|a size up',
  smaller:
    'smaller|too big|too large|less big|more compact|smaller size|not so big|not so large|not too big|' +
    'not too large|not that big|not small enough|tinier|a size down',
  similar:
    'similar|similar to|something like|like this|like that|like these|like those|like it|same kind|same style|' +
    'in the same style|alike|comparable|the same but|same but|similar ones|similar to this|similar to that|' +
    'more like this|more like that|more like these',
  different:
    'something else|different|something different|another one|others|other ones|others please|none of these|' +
    'none of those|not these|not those|not this|not that|different ones|not this one|not these ones|not that one|' +
    'not for me|anything different|not my style|not what i want|not what i am looking for|alternatives|' +
    'an alternative|another',
  'price-asc':
    'cheapest|lowest price|lowest priced|least expensive|price low to high|cheapest first|sort by price|' +
    'lowest cost|most affordable|by price ascending|low to high|lowest first|lowest prices|by price|' +
    'most inexpensive|lowest price first',
  'price-desc':
    'most expensive|dearest|priciest|highest price|highest priced|price high to low|high to low|' +
    'by price descending|most expensive first|highest price first|most luxurious|most premium',
  newest:
    "newest|latest|most recent|new arrivals|what's new|newest first|just in|recently added|new in|sort by newest|" +
    'just arrived|sort by date|most recently added',
  first: 'first|top',
  'number-sign': 'number|no|nr|option|item|product|choice|#|numbers|options|items|result|num',
  place:
    'one|ones|item|items|option|options|product|products|result|results|choice|of them|of these|of those|please|' +
    'thanks',
  help:
    'help|help me|can you help|can you help me|could you help me|what can you do|how does this work|' +
    'how do you work|i need help|need help|please help|how do i use this|what can i ask|what can i say|' +
    'how can you help',
  'order-status':
    "where is my order|where's my order|track my order|order status|status of my order|has my order shipped|" +
    'track order|tracking number|when will my order arrive|where is my package|where is my parcel|track my package|' +
    'track my parcel|delivery status|my order has not arrived|when does my order arrive|order tracking',
  order:
    'my order|my package|my parcel|my delivery|my shipment|my purchase|my orders|the order i placed|my last order|' +
    'an order|order number|my order number|my stuff|my items',
  where:
    'where|track|tracking|status|when|arrive|arrived|arriving|shipped|dispatched|delivered|come|late|delayed|check|' +
    'still|received|wheres|waiting|lost|missing',
  person:
    'human|real person|customer service|customer support|live agent|representative|human being|live chat|' +
    'talk to someone|speak to someone|speak with someone|talk with someone|talk to a person|speak to a person|' +
    'talk to an agent|speak to an agent|support agent|operator|real human|talk to staff|talk to a human|' +
    'speak with a human|speak to a human|speak with a person|talk to somebody|speak to somebody|chat with a human|' +
    'speak to an actual person|talk to an actual person|speak to staff|contact support|chat with someone|a person|' +
    'an agent|customer care',
  compare:
    "compare|comparison|what's the difference|what is the difference|difference between|differences between|" +
    "which is better|which one is better|how do they differ|which of these is better|what's different|" +
    'what is different|compare them|how do they compare|what are the differences|side by side|' +
    'what is the difference between|which would you choose|which do you recommend',
  more:
    'more|show me more|more please|more options|next page|anything else|what else|other options|see more|' +
    'any others|show more|more results|what else do you have|next|more like that please|any more|some more|' +
    'keep going|give me more|show me other options|anything else you have|more choices|got any more|got more|' +
    'load more|show me others|what other options|do you have more',
  'start-over':
    'start over|start again|reset|new search|clear everything|clear filters|clear all|forget everything|' +
    "begin again|from scratch|clear the filters|start from scratch|let's start over|restart|start afresh|" +
    'start fresh|remove all filters|forget all that|scrap that|clear all filters|begin from scratch|reset filters|' +
    'reset everything|start from the beginning|forget it all|something completely different',
};

/** Words that nobody searches by, and words that only join others. */
const FILLER: WordTable = {
  filler:
    "i|i'm|i am|i'd|i've|i'll|looking for|look for|searching for|search for|find|find me|help me find|" +
    'help me choose|can you help me find|i need|need|i want|want|wanted|i would like|would like|would love|please|' +
    'pls|thanks|thank you|something|anything|show me|show|do you have|have you got|do you sell|do you stock|' +
    'is there|are there|got any|any ideas|give me|get me|can you|could you|would you|can i|could i|may i|can i see|' +
    "can i get|let me see|let's see|see|hi|hello|hey|ok|okay|well|um|uh|maybe|perhaps|actually|yes|yeah|sure|yep|" +
    "you|we|he|she|they|how about|what about|let's try|try|instead|no thanks|no thank you|not sure|not bad|" +
    "no problem|no idea|don't know|do not know|just|only|kind of|sort of|stuff|thing|things|ones|recommend|suggest|" +
    "recommend me|suggest me|suggestions for|recommendations for|what do you have|which do you have|i'd like|" +
    "i like|i love|love it|love them|love that|love this|like|prefer|i prefer|i'd prefer|also|too|as well|" +
    "instead of that|gift ideas|ideas|have|got|buy|to buy|i'd rather|i'd love|in mind|why not|if possible|that's|" +
    "it's|there|then|now|let me|is fine too|is fine|great|good|cool|nice|perfect|fine|them|it|me|us|do|does|did|" +
    'will|would|should|can|could|must|wanna|gonna|want to|going to|would like to|need to|trying to|to find|to see|' +
    'to get|options|what|which|how|everything|item|items|product|products|right|oh|no worries|never mind then|' +
    'a bit|a little|a lot|slightly|much|bit|even|still|other|another|else|something like that|i have|i only have|' +
    'make it|make that|make them|forget that|forget it|hmm|hm|nah|nope|erm|tell me more about|tell me about|' +
    'more about|i changed my mind|changed my mind|let us|she loves|he loves|she likes|he likes|they like|they love|' +
    'who loves|who likes|loves|likes|possibly|preferably|ideally|really|sorry|than this|than that|than these|' +
    'than those|than it|available|in stock|for sale',
  weak:
    'a|an|the|this|that|these|those|of|for|with|and|or|in|on|at|to|by|from|my|our|your|his|her|their|its|it|is|are|' +
    "be|was|were|some|any|one|so|very|quite|into|as|but|if|than|that's|it's|i'm|all|us|both|been|am|has|had|i|me|" +
    'we|you|he|she|they|them|there|&|who|whom|the who|because|since|more|budget|price|prices|between',
  preposition: 'for|of|with|like|on|to hold|to store',
};

export const ENGLISH_WORDS: readonly WordTable[] = [SAID, ASKED, FILLER];
