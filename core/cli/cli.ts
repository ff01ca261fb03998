import { serveWorkspace } from '../host/serve';

const [, folder = '.', ...rest] = process.argv.slice(2);
const portAt = rest.indexOf('--port');
const served = await serveWorkspace(folder, { port: portAt < 0 ? 0 : Number(rest[portAt + 1]) });
if (!served.ok) {
  console.error(served.error.message);
  process.exit(1);
}
console.log(served.value.url);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void served.value.close().then(() => process.exit(0)));
}
