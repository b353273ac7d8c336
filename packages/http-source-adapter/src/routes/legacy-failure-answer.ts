import type { EventPath } from '@jetmesh/eventing-api';
import type { ForwardFailure } from '../forward/forward-outcome.ts';
import { publisherProxyFailure } from './publisher-proxy-failure.ts';
import { jsonAnswer, type Answer } from '../server/answer.ts';
import { internalServerError, payloadTooLarge, type LegacyError } from '../legacy/legacy-error.ts';

/**
 * The answer when a legacy event could not be stored. Failures that Kyma has a code for keep it on both paths; the
 * rest is the bus's internal error, or on the mesh that of the layer which once led legacy events there.
 */
export function legacyFailureAnswer(path: EventPath, failure: ForwardFailure): Answer {
  switch (failure.kind) {
    case 'too-large':
      return errorAnswer(payloadTooLarge);
    case 'full':
    case 'unavailable':
      return publisherProxyFailure(failure);
    case 'unreachable':
    case 'no-broker':
      return path === 'bus' ? publisherProxyFailure(failure) : meshNotReached(failure);
    case 'deadline':
    case 'refused':
      return path === 'bus' ? errorAnswer(internalServerError) : meshNotReached(failure);
  }
}

function meshNotReached({ detail }: ForwardFailure): Answer {
  const type = 'internal_server';
  return errorAnswer({ status: 500, type, message: type, moreInfo: detail });
}

function errorAnswer(error: LegacyError): Answer {
  return jsonAnswer(error.status, error);
}
