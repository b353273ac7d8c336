/** One element of `Trigger.spec.filters`: exactly one dialect is set (CloudEvents Subscriptions API, §3.2.4). */
export interface SubscriptionsFilter {
  all?: SubscriptionsFilter[];
  any?: SubscriptionsFilter[];
  not?: SubscriptionsFilter;
  exact?: Record<string, string>;
  prefix?: Record<string, string>;
  suffix?: Record<string, string>;
  cesql?: string;
}
