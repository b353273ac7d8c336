import { type CloudEvent, withAttributes } from '@jetmesh/cloudevents-http';
import { withoutInternalAttributes } from '../internal-attributes.ts';
import type { Failure } from './outcome.ts';

/** Knative's limit of `knativeerrordata`, in characters of base64, and the bytes that fill it. */
const errorDataLength = 1024;
export const errorDataBytes = 768;

/** The original event as a dead letter sink gets it: with what failed, how, and the beginning of the answer. */
export function deadLetterEvent(event: CloudEvent, failure: Failure): CloudEvent {
  const data = errorDataOf(failure);
  return withAttributes(event, {
    ...withoutInternalAttributes,
    knativeerrordest: failure.destination,
    knativeerrorcode: String(failure.code),
    knativeerrordata: data === '' ? undefined : data,
  });
}

export function errorDataOf(failure: Failure): string {
  return failure.data.subarray(0, errorDataBytes).toString('base64').slice(0, errorDataLength);
}
