import { expect, it } from '@jest/globals';
import { consumerName, retryStreamName } from './names.ts';
import { retrySubject, retrySubjectOfConsumer } from './retry-subject.ts';

const features = { version: '', filterUnions: true, metadata: true, filterUpdates: true };

it('names Broker and Trigger', () => {
  expect(retrySubject('JETMESH_RETRY_b1', 't1')).toBe('cer.b1.t1');
});

it.each(['t1', 'A Trigger’s UID of another kind'])('is found by the consumer of %s', (uid) => {
  const stream = retryStreamName('b1');
  const consumer = consumerName(uid, [], features);
  expect(retrySubjectOfConsumer(stream, consumer)).toBe(retrySubject(stream, uid));
});

it('is asked of a retry stream only', () => {
  expect(() => retrySubject('JETMESH_BROKER_b1', 't1')).toThrow('is no retry stream');
});
