import { InvalidArgumentError, Option } from 'commander';

/** Where the data are: the same folder that `npm start` uses, unless said otherwise. */
export const dataDirOption = (): Option =>
  new Option('--data-dir <dir>', 'directory of the hub’s data').default('./data').env('KHOP_DATA_DIR');

export const jsonOption = (): Option => new Option('--json', 'print JSON, for scripts').default(false);

/** Reads a whole number within bounds. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}

/** Reads a text that says something. */
export function words(text: string): string {
  if (text.trim() !== '') return text.trim();
  throw new InvalidArgumentError('It must not be empty.');
}
