/** Measures one group for the process that started this one. */
import { groups } from './groups';

const [name = '', runs] = process.argv.slice(2);
const measure = groups.get(name);
if (measure === undefined || process.send === undefined) throw new Error(`there is no group ${name}`);
process.send(await measure(Number(runs)), () => process.exit());
