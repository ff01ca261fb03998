import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { expect, it } from 'vitest';
import { allImports } from '../../../core/imports/all';
import { setsToMarkdown } from '../../../core/imports/markdown';

const border = '<!-- What follows is made from the declarations, by `npm run docs`. -->\n';

it('has each import in the documentation, as it is declared', async () => {
  const file = join(import.meta.dirname, '../../../docs/imports.md');
  const page = readFileSync(file, 'utf8');
  const written = page.slice(0, page.indexOf(border) + border.length);
  const whole = await format(
    `${written}
${setsToMarkdown(allImports)}`,
    {
      ...(await resolveConfig(file)),
      parser: 'markdown',
    },
  );
  await expect(whole).toMatchFileSnapshot('../../../docs/imports.md');
});
