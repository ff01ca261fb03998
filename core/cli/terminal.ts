/** What commands write to: standard output in order and no faster than it is read, and standard error. */
import { once } from 'node:events';
import { styleText } from 'node:util';

export interface Terminal {
  /** Waits while the reader of a pipe is slower. */
  write(text: string): Promise<void>;
  /** A line on standard error. */
  complain(line: string): void;
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

export function createTerminal(options: { readonly colours: boolean }): Terminal {
  const paint =
    (format: Parameters<typeof styleText>[0]): Paint =>
    (text) =>
      options.colours ? styleText(format, text) : text;
  return {
    async write(text) {
      if (!process.stdout.write(text)) await once(process.stdout, 'drain');
    },
    complain: (line) => void process.stderr.write(`${line}\n`),
    style: {
      strong: paint('bold'),
      faint: paint('dim'),
      good: paint('green'),
      bad: paint('red'),
      mark: paint('cyan'),
    },
  };
}
