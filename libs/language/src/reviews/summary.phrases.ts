import type { WrittenLanguage } from '../writing/description.style.js';
import type { Aspect, ReviewAspects } from './review.types.js';

/** How many say something of an aspect. */
export interface Said {
  readonly aspect: Aspect;
  readonly count: number;
}

/** Sentences of a summary in one language. */
export interface SummaryPhrases {
  readonly gap: string;
  /** Empty where nothing can be said. */
  readonly whole: (reviews: ReviewAspects) => string;
  readonly praise: (said: readonly Said[], of: ReviewAspects['of']) => string;
  readonly blame: (said: readonly Said[], of: ReviewAspects['of']) => string;
}

export const ASPECT_NAMES: Readonly<Record<WrittenLanguage, Readonly<Record<Aspect, string>>>> = {
  en: {
    quality: 'the quality',
    price: 'the price',
    size: 'the size',
    color: 'the color',
    material: 'the material',
    design: 'the design',
    comfort: 'the comfort',
    'ease-of-use': 'the ease of use',
    durability: 'the durability',
    performance: 'the performance',
    cleaning: 'the cleaning',
    weight: 'the weight',
    packaging: 'the packaging',
    delivery: 'the delivery',
    smell: 'the smell',
    taste: 'the taste',
    sound: 'the sound',
    battery: 'the battery',
    service: 'the service',
    instructions: 'the instructions',
    likeness: 'the likeness to the pictures',
  },
  zh: {
    quality: '质量',
    price: '价格',
    size: '尺寸',
    color: '颜色',
    material: '材质',
    design: '款式',
    comfort: '舒适度',
    'ease-of-use': '操作',
    durability: '耐用性',
    performance: '性能',
    cleaning: '清洗',
    weight: '重量',
    packaging: '包装',
    delivery: '物流',
    smell: '气味',
    taste: '口味',
    sound: '声音',
    battery: '电池',
    service: '服务',
    instructions: '说明书',
    likeness: '实物与图片的相符',
  },
};

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

const english = ([first, ...others]: readonly Said[], verb: string): string =>
  first === undefined
    ? ''
    : `${listed([
        `${first.count} ${verb} ${ASPECT_NAMES.en[first.aspect]}`,
        ...others.map(({ aspect, count }) => `${count} ${ASPECT_NAMES.en[aspect]}`),
      ])}.`;

const are = (count: number, what: string): readonly string[] =>
  count === 0 ? [] : [`${count} ${count === 1 ? 'is' : 'are'} ${what}`];

const ENGLISH: SummaryPhrases = {
  gap: ' ',
  whole({ count, of, sentiment: { positive, negative } }) {
    const told = [...are(positive, 'positive'), ...are(negative, 'negative')];
    return told.length === 0 ? '' : `Of ${count} ${of === 'reviews' ? 'reviews' : 'remarks'} ${told.join(' and ')}.`;
  },
  praise: (said) => english(said, 'praise'),
  blame: (said) => english(said, 'complain about'),
};

const UNIT_ZH: Readonly<Record<ReviewAspects['of'], string>> = { reviews: '条', sentences: '句' };

const CHINESE: SummaryPhrases = {
  gap: '',
  whole({ count, of, sentiment: { positive, negative } }) {
    const unit = UNIT_ZH[of];
    const told = [
      ...(positive === 0 ? [] : [`${positive}${unit}好评`]),
      ...(negative === 0 ? [] : [`${negative}${unit}差评`]),
    ];
    return told.length === 0 ? '' : `${count}${unit}评价中有${told.join('、')}。`;
  },
  praise: (said, of) => chinese(said, `${UNIT_ZH[of]}称赞`),
  blame: (said, of) => chinese(said, `${UNIT_ZH[of]}不满意`),
};

function chinese(said: readonly Said[], verb: string): string {
  const parts = said.map(({ aspect, count }) => `${count}${verb}${ASPECT_NAMES.zh[aspect]}`);
  return parts.length === 0 ? '' : `${parts.join('，')}。`;
}

export const SUMMARY_PHRASES: Readonly<Record<WrittenLanguage, SummaryPhrases>> = { en: ENGLISH, zh: CHINESE };
