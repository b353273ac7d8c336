import { type Broker, jetmeshAnnotations } from '@jetmesh/eventing-api';
import { abortableDelay } from '../abortable-delay.ts';
import type { DesiredMembership } from './desired-membership.ts';
import type { GroupMember } from './group-member.ts';
import type { GroupSubscription } from './group-subscription.ts';

interface Membership {
  readonly sharedStream: string;
  readonly fingerprint: string;
  /** Undefined for a Trigger whose filter does not compile: it matches nothing. */
  readonly member: GroupMember | undefined;
}

export interface GroupSetOptions {
  createGroup(stream: string): GroupSubscription;
  createMember(
    key: string,
    desired: DesiredMembership,
    group: GroupSubscription,
  ): GroupMember | undefined;
}

/**
 * The shared subscriptions of this replica by stream, and who is in them. A changed member takes the place of its
 * predecessor in one step: no event meets a gap between the two.
 */
export class GroupSet {
  readonly #options: GroupSetOptions;
  readonly #groups = new Map<string, GroupSubscription>();
  readonly #memberships = new Map<string, Membership>();
  /** Streams whose Broker says that it has a shared consumer: it is emptied also when it has no members left. */
  readonly #wanted = new Map<string, string>();
  #isConfirmed = false;

  constructor(options: GroupSetOptions) {
    this.#options = options;
  }

  apply(key: string, desired: DesiredMembership | undefined): void {
    const current = this.#memberships.get(key);
    if (current?.fingerprint === desired?.fingerprint) return;
    this.#memberships.delete(key);
    if (desired !== undefined) this.#join(key, desired);
    if (current?.member !== undefined) {
      this.#groups.get(current.sharedStream)?.members.remove(current.member);
    }
    if (current !== undefined) this.#closeUnneeded(current.sharedStream);
  }

  applyBroker(key: string, broker: Broker | undefined): void {
    const before = this.#wanted.get(key);
    const stream = broker?.status?.annotations?.[jetmeshAnnotations.sharedStream];
    if (before === stream) return;
    if (stream === undefined) this.#wanted.delete(key);
    else this.#wanted.set(key, stream);
    if (stream !== undefined) this.#groupOf(stream);
    if (before !== undefined) this.#closeUnneeded(before);
  }

  /** This replica's membership is known to those who make Triggers Ready: events may be handed out. */
  resume(): void {
    this.#isConfirmed = true;
    for (const group of this.#groups.values()) group.resume();
  }

  pause(): void {
    this.#isConfirmed = false;
    for (const group of this.#groups.values()) group.pause();
  }

  /** Stops all; what has not finished after `drainMs` is given back. */
  async stop(drainMs: number): Promise<void> {
    const groups = [...this.#groups.values()];
    const deadline = new AbortController();
    const stopped = Promise.all(groups.map((group) => group.stop()));
    await Promise.race([stopped, abortableDelay(drainMs, deadline.signal)]);
    deadline.abort();
    for (const group of groups) group.abandon();
  }

  #join(key: string, desired: DesiredMembership): void {
    const { sharedStream, fingerprint } = desired;
    const group = this.#groupOf(sharedStream);
    const member = this.#options.createMember(key, desired, group);
    if (member !== undefined) group.members.add(member);
    this.#memberships.set(key, { sharedStream, fingerprint, member });
  }

  #groupOf(stream: string): GroupSubscription {
    let group = this.#groups.get(stream);
    if (group === undefined) {
      group = this.#options.createGroup(stream);
      this.#groups.set(stream, group);
      if (this.#isConfirmed) group.resume();
    }
    return group;
  }

  #closeUnneeded(stream: string): void {
    const hasMembers = [...this.#memberships.values()].some((one) => one.sharedStream === stream);
    if (hasMembers || [...this.#wanted.values()].includes(stream)) return;
    void this.#groups.get(stream)?.stop();
    this.#groups.delete(stream);
  }
}
