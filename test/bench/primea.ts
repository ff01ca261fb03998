/** primea-hypervisor on its own benchmark, as its authors wrote it: JavaScript actors, unmetered, one root at the end. */
import RadixTree from 'dfinity-radix-tree';
import levelup from 'levelup';
import memdown from 'memdown';
import Hypervisor, { type Actor } from 'primea-hypervisor';
import objects, { type Message } from 'primea-objects';
import { type Chain, messagesIn } from './chain';

/** Messages per second. Its tree is kept in memory, which spares it the disk. */
export async function runPrimea(chain: Chain): Promise<number> {
  let delivered = 0;

  class ChainActor {
    static readonly typeId = 9;
    static onCreation() {
      return { exports: { main: {} }, state: [] };
    }
    readonly actor: Actor;
    constructor(actor: Actor) {
      this.actor = actor;
    }
    onStartup() {}
    onMessage({ funcArguments }: Message) {
      delivered++;
      this.actor.incrementTicks(10);
      const rest = [...funcArguments];
      const next = rest.pop();
      if (next !== undefined) this.actor.send(new objects.Message({ funcRef: next, funcArguments: rest }));
    }
  }

  const hypervisor = new Hypervisor({ tree: new RadixTree({ db: levelup(memdown()) }), meter: false });
  hypervisor.registerModule(ChainActor);
  const references = chain.routes.map(() => {
    const reference = hypervisor.newActor(ChainActor).getFuncRef('main');
    reference.gas = 1000;
    return reference;
  });
  const messages = chain.routes.flatMap((route, actor) => {
    const funcRef = references[actor];
    const funcArguments = route.toReversed().flatMap((next) => references[next] ?? []);
    return funcRef === undefined ? [] : [new objects.Message({ funcRef, funcArguments })];
  });

  const start = performance.now();
  hypervisor.send(messages);
  await hypervisor.createStateRoot();
  const seconds = (performance.now() - start) / 1000;
  if (delivered !== messagesIn(chain)) throw new Error(`primea-hypervisor delivered ${delivered} messages`);
  return delivered / seconds;
}
