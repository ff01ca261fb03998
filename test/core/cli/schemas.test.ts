import { format } from 'prettier';
import { expect, it } from 'vitest';
import { outputSchemas } from '../../../core/cli/output';
import { scenarioJsonSchema } from '../../../core/scenario/format';

const shipped = new Map<string, object>([
  ['scenario', scenarioJsonSchema()],
  ...[...outputSchemas()].map(([command, schema]) => [`output-${command}`, schema] as const),
]);

// After a change of a form: npm run schemas
it.each([...shipped])('ships the JSON Schema of %s as it is declared', async (name, schema) => {
  const text = await format(JSON.stringify(schema), { parser: 'json', printWidth: 110 });
  await expect(text).toMatchFileSnapshot(`../../../schemas/${name}.schema.json`);
});
