import type { CloudEvent } from '../cloud-event.ts';
import { refuse, type Refusal } from '../refusal.ts';
import { nameProblem } from './name-problem.ts';
import { textProblem } from './text-problem.ts';
import { validateAttributes } from './validate-attributes.ts';

/** Checks an event that was not decoded here: what this lets pass, every mode can carry. */
export function validateEvent(event: CloudEvent): Refusal | undefined {
  for (const [name, value] of event.attributes) {
    const rule = nameProblem(name) ?? textProblem(value);
    if (rule !== undefined) return refuse(name, rule);
  }
  return validateAttributes(event.attributes);
}
