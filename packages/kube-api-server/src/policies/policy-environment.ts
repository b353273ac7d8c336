import type { Environment } from '@marcbachmann/cel-js';
import { celEnvironment } from '../cel/cel-environment.ts';

let environment: Environment | undefined;

/** CEL as expressions of admission policies see it. */
export function policyEnvironment(): Environment {
  environment ??= ['object', 'oldObject', 'request', 'params', 'namespaceObject', 'variables']
    .reduce((started, name) => started.registerVariable(name, 'dyn'), celEnvironment().clone())
    .registerType('Authorizer', Authorizer)
    .registerType('Decision', Decision)
    .registerVariable('authorizer', 'Authorizer')
    .registerFunction('Authorizer.group(string): Authorizer', narrowed)
    .registerFunction('Authorizer.resource(string): Authorizer', narrowed)
    .registerFunction('Authorizer.subresource(string): Authorizer', narrowed)
    .registerFunction('Authorizer.namespace(string): Authorizer', narrowed)
    .registerFunction('Authorizer.name(string): Authorizer', narrowed)
    .registerFunction('Authorizer.check(string): Decision', () => allowed)
    .registerFunction('Decision.allowed(): bool', ({ isAllowed }: Decision) => isAllowed);
  return environment;
}

/** Whoever is let in may do everything, so every question to the authorizer has the same answer. */
class Authorizer {
  readonly isAuthorizer = true;
}

class Decision {
  readonly isAllowed = true;
}

export const authorizer = new Authorizer();
const allowed = new Decision();

function narrowed(question: Authorizer): Authorizer {
  return question;
}
