import type { ContentMode } from '../content-mode.ts';
import type { Refusal } from '../refusal.ts';
import { isEventFormat } from './is-event-format.ts';
import { parseMediaType } from './media-type.ts';

const field = 'content-type';

/** Which mode a message is in; the content-type alone decides (HTTP binding §3). */
export function recogniseContentMode(
  contentType: string | undefined,
): { readonly kind: 'recognised'; readonly mode: ContentMode } | Refusal {
  if (contentType === undefined || !isEventFormat(contentType)) return recognised('binary');
  const type = parseMediaType(contentType);
  if (type === undefined) return unsupported('must be a media type, with parameters of name=value');
  const mode = modeOf(type.essence);
  if (mode === undefined) {
    return unsupported(
      'must be application/cloudevents+json or application/cloudevents-batch+json: no other format of events is read',
    );
  }
  if (type.charset !== undefined && !/^utf-?8$/.test(type.charset)) {
    return unsupported('must not name another charset than utf-8');
  }
  return recognised(mode);
}

function modeOf(essence: string): ContentMode | undefined {
  if (essence === 'application/cloudevents+json') return 'structured';
  return essence === 'application/cloudevents-batch+json' ? 'batched' : undefined;
}

function recognised(mode: ContentMode) {
  return { kind: 'recognised', mode } as const;
}

function unsupported(rule: string): Refusal {
  return { kind: 'refused', code: 415, field, rule };
}
