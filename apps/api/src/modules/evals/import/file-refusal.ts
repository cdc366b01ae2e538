import { Refusal } from '../../../platform/refusal/refusal.js';

export type FilePath = readonly (string | number)[];

/** A path as people write it: `results.results[12].score`; the file itself where it is empty. */
export const placeInFile = (path: FilePath): string =>
  path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${String(part)}]` : text ? `${text}.${part}` : part),
    '',
  ) || 'the file';

/** What an importer says of a file that it does not take; `field` is `['file', ...place]`. */
export const fileRefusal = (message: string, path: FilePath = []): Refusal =>
  new Refusal('FILE_INVALID', `${message} (at ${placeInFile(path)})`, ['file', ...path.map(String)]);

export const tooLarge = (message: string, path: FilePath = []): Refusal =>
  new Refusal('FILE_TOO_LARGE', `${message} (at ${placeInFile(path)})`, ['file', ...path.map(String)]);
