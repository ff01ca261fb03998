/** What commands write to: standard output in order and no faster than it is read, and standard error. */
import { once } from 'node:events';
import { styleText } from 'node:util';

export interface Terminal {
  /** Waits while the reader of a pipe is slower. */
  readonly write: (text: string) => Promise<void>;
  /** A line on standard error. */
  readonly complain: (line: string) => void;
  readonly style: Style;
}

type Paint = (text: string) => string;

export interface Style {
  readonly strong: Paint;
  readonly faint: Paint;
  readonly good: Paint;
  readonly bad: Paint;
  readonly mark: Paint;
}

const plain: Paint = (text) => text;

export const plainStyle: Style = { strong: plain, faint: plain, good: plain, bad: plain, mark: plain };

const colourStyle: Style = {
  strong: (text) => styleText('bold', text),
  faint: (text) => styleText('dim', text),
  good: (text) => styleText('green', text),
  bad: (text) => styleText('red', text),
  mark: (text) => styleText('cyan', text),
};

export const createTerminal = (options: { readonly colours: boolean }): Terminal => ({
  async write(text) {
    if (!process.stdout.write(text)) await once(process.stdout, 'drain');
  },
  complain: (line) => void process.stderr.write(`${line}\n`),
  style: options.colours ? colourStyle : plainStyle,
});
