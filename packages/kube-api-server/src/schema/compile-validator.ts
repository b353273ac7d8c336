import { Ajv, type ValidateFunction } from 'ajv';
import type { FieldProblem } from '../errors/api-error.ts';
import type { JsonValue } from '../json/json-value.ts';
import { ajvSchema } from './ajv-schema.ts';
import { pathParts, problemOf } from './ajv-problem.ts';
import { knownFormats } from './known-formats.ts';
import type { StructuralSchema } from './structural-schema.ts';

/** What is wrong with a value by its schema, in Kubernetes' words. */
export type SchemaValidator = (value: JsonValue) => SchemaProblem[];

export interface SchemaProblem extends FieldProblem {
  /** Where the value is that was validated: for a field that is missing, the object that lacks it. */
  readonly path: readonly string[];
  /** The keyword of the schema that is not met. */
  readonly keyword: string;
}

const validators = new WeakMap<StructuralSchema, SchemaValidator>();
let shared: Ajv | undefined;

/** Compiles once for each schema, at its first use. */
export function compileValidator(schema: StructuralSchema): SchemaValidator {
  let validator = validators.get(schema);
  if (validator === undefined) {
    const validate = sharedAjv().compile(ajvSchema(schema) as object);
    validator = (value) => problemsOf(validate, value);
    validators.set(schema, validator);
  }
  return validator;
}

function problemsOf(validate: ValidateFunction, value: JsonValue): SchemaProblem[] {
  if (validate(value)) return [];
  return (validate.errors ?? []).map((error) => ({
    ...problemOf(error),
    path: pathParts(error),
    keyword: error.keyword,
  }));
}

function sharedAjv(): Ajv {
  shared ??= new Ajv({
    allErrors: true,
    verbose: true,
    strict: false,
    validateSchema: false,
    addUsedSchema: false,
    logger: false,
    formats: knownFormats,
  });
  return shared;
}
