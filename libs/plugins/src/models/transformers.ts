import { openBert4Rec, openSasRec, openXlnet4Rec } from '@attune/algorithms';
import { transformerModel } from './transformer.model.js';

export const sasRecModel = transformerModel(openSasRec);
export const bert4RecModel = transformerModel(openBert4Rec);
export const xlnet4RecModel = transformerModel(openXlnet4Rec);
