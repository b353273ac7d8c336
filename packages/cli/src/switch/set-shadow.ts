import { httpSourceKind, objectKey, type HttpSource } from '@jetmesh/eventing-api';
import { chooseSources, type Selection } from './choose-sources.ts';
import { confirmSwitch } from './confirm-switch.ts';
import { readSwitchFacts } from './read-switch-facts.ts';
import type { SwitchRequest, SwitchSurroundings } from './switch-request.ts';

export type Shadow = 'mesh' | 'off';

/** Turns the shadow of Applications on or off, and waits until every adapter replica does so. */
export async function setShadow(
  shadow: Shadow,
  request: Pick<SwitchRequest, 'busBroker' | 'waitMs'> & { readonly selection: Selection },
  surroundings: SwitchSurroundings,
): Promise<void> {
  const { client, print } = surroundings;
  const facts = await readSwitchFacts(client, request.busBroker);
  for (const source of chooseSources(request.selection, facts)) {
    const endpoints = { shadow: shadow === 'off' ? null : shadow };
    const key = objectKey(source.metadata);
    const patch = { spec: { endpoints } };
    const patched = await client.mergePatch<HttpSource>(httpSourceKind, key, patch);
    await confirmSwitch(patched, request.waitMs, surroundings);
    const name = source.spec.source;
    print(
      shadow === 'off'
        ? `${name} has no shadow.`
        : `${name} has its shadow on the mesh. Later: jetmesh switch ${name} --compare`,
    );
  }
}
