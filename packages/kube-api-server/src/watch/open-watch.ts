import { expired } from '../errors/api-errors.ts';
import type { ApiContext } from '../handlers/api-context.ts';
import type { WatchOptions } from '../handlers/watch-options.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { KubeObject } from '../object/kube-object.ts';
import { inVersion, servedApiVersion, type ServedResource } from '../registry/resource.ts';
import type { ObjectChange } from '../store/watch-window.ts';

/** One line of a watch. */
export type WatchEvent =
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: KubeObject }
  | { readonly type: 'BOOKMARK'; readonly object: KubeObject }
  | { readonly type: 'ERROR'; readonly status: JsonObject };

/** Where events go. `end` is called once, by whoever ends the watch first. */
export interface WatchSink {
  send(event: WatchEvent): void;
  end(): void;
}

/**
 * Sends what the options ask for, then every change as it is committed, until the returned function is called.
 * Nothing can be committed between the first events and the subscription: both happen in one turn.
 */
export function openWatch(api: ApiContext, options: WatchOptions, sink: WatchSink): () => void {
  const { served, selects } = options;
  const collection = api.store.collection(served.resource.storageId);
  const replay = options.after === undefined ? [] : collection.window.since(options.after);
  if (replay === undefined) {
    const text = `too old resource version: ${String(options.after)} (${collection.window.floor})`;
    sink.send({ type: 'ERROR', status: expired(text).toStatus() });
    sink.end();
    return () => undefined;
  }
  if (options.hasInitialEvents) {
    for (const key of collection.sortedKeys()) {
      const object = collection.get(key);
      if (object !== undefined && selects(object)) {
        sink.send({ type: 'ADDED', object: inVersion(served, object) });
      }
    }
  }
  if (options.marksInitialEnd) {
    sink.send({ type: 'BOOKMARK', object: bookmark(served, api.store.revision, initialEventsEnd) });
  }
  const onChange = (change: ObjectChange): void => {
    const event = eventOf(change, options);
    if (event !== undefined) sink.send(event);
  };
  replay.forEach(onChange);
  return collection.listen(onChange);
}

const initialEventsEnd = { 'k8s.io/initial-events-end': 'true' };

/** An object that only says up to which revision the client has seen everything. */
export function bookmark(
  served: ServedResource,
  revision: number,
  annotations?: Record<string, string>,
): KubeObject {
  return {
    kind: served.resource.kind,
    apiVersion: servedApiVersion(served),
    metadata: {
      creationTimestamp: null,
      resourceVersion: String(revision),
      ...(annotations === undefined ? {} : { annotations }),
    } as JsonObject as KubeObject['metadata'],
  };
}

/** An object that comes into a selection is ADDED to it, one that leaves it is DELETED from it. */
function eventOf(change: ObjectChange, { served, selects }: WatchOptions): WatchEvent | undefined {
  const was = change.previous !== undefined && selects(change.previous);
  const is = change.kind !== 'deleted' && selects(change.object);
  if (is) {
    const object = inVersion(served, change.object);
    return { type: was ? 'MODIFIED' : 'ADDED', object };
  }
  if (!was) return undefined;
  return { type: 'DELETED', object: inVersion(served, lastSelected(change)) };
}

/** What leaves a selection is shown as it was selected last, at the revision at which it left. */
function lastSelected({ kind, object, previous, revision }: ObjectChange): KubeObject {
  if (kind === 'deleted' || previous === undefined) return object;
  return { ...previous, metadata: { ...previous.metadata, resourceVersion: String(revision) } };
}
