import type { ServerResponse } from 'node:http';
import type { ApiContext } from '../handlers/api-context.ts';
import type { WatchOptions } from '../handlers/watch-options.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { KubeObject } from '../object/kube-object.ts';
import { partialMetadata, tableOf } from '../table/table-of.ts';
import { bookmark, openWatch, type WatchEvent, type WatchSink } from '../watch/open-watch.ts';
import type { RenderContext } from './render-answer.ts';

const bookmarkIntervalMs = 30_000;
/** A client that reads this much too slowly is cut off; it lists again and goes on. */
const maxBufferedBytes = 8 * 1024 * 1024;

/** Sends events, one JSON document a line, until the time is over, the client goes or the server closes. */
export function streamWatch(
  api: ApiContext,
  response: ServerResponse,
  { options, context }: { options: WatchOptions; context: Omit<RenderContext, 'now'> },
): void {
  response.writeHead(200, {
    'content-type': 'application/json',
    'cache-control': 'no-cache, private',
  });
  response.flushHeaders();
  const render = eventRenderer(api, { options, context });
  let stop: () => void = () => undefined;
  const sink: WatchSink = {
    send(event) {
      response.write(`${JSON.stringify(render(event))}\n`);
      if (response.writableLength > maxBufferedBytes) response.destroy();
    },
    end: () => response.end(),
  };
  const sendBookmark = (): void => {
    if (options.hasBookmarks && !response.writableEnded) {
      sink.send({ type: 'BOOKMARK', object: bookmark(options.served, api.store.revision) });
    }
  };
  const bookmarks = setInterval(sendBookmark, bookmarkIntervalMs);
  const end = (): void => {
    sendBookmark();
    response.end();
  };
  const timeout = setTimeout(end, options.timeoutMs);
  const forget = api.watches.add(end);
  response.once('close', () => {
    forget();
    clearInterval(bookmarks);
    clearTimeout(timeout);
    stop();
  });
  stop = openWatch(api, options, sink);
}

/** Columns are described with the first Table only. */
function eventRenderer(
  api: ApiContext,
  { options, context }: { options: WatchOptions; context: Omit<RenderContext, 'now'> },
): (event: WatchEvent) => JsonObject {
  const { served } = options;
  let hasHeader = true;
  const render = (event: Exclude<WatchEvent, { type: 'ERROR' }>): JsonObject => {
    const { object } = event;
    if (context.rendering.as === 'object') return object;
    if (context.rendering.as === 'metadata') return partialMetadata(object);
    const table = tableOf(rowsOf(event), {
      columns: served.version.columns,
      metadata: { resourceVersion: object.metadata.resourceVersion },
      include: context.include,
      now: api.now(),
      hasHeader,
    });
    hasHeader = false;
    return table;
  };
  return (event) =>
    event.type === 'ERROR'
      ? { type: event.type, object: event.status }
      : { type: event.type, object: render(event) };
}

function rowsOf(event: Exclude<WatchEvent, { type: 'ERROR' }>): KubeObject[] {
  return event.type === 'BOOKMARK' ? [] : [event.object];
}
