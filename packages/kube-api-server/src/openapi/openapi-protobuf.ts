import {
  isJsonObject,
  listOr,
  objectOr,
  type JsonObject,
  type JsonValue,
} from '../json/json-value.ts';
import {
  doubleField,
  flagField,
  integerField,
  messageField,
  textField,
} from '../protobuf/write-fields.ts';

/** What kubectl asks for: it reads an OpenAPI v2 document in no other form. */
export const openApiProtobufAccept = 'application/com.github.proto-openapi.spec.v2@v1.0+protobuf';
export const openApiProtobufType = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';

/** An OpenAPI v2 document as gnostic's protobuf message, as far as clients read it. */
export function openApiProtobuf(document: JsonObject): Buffer {
  const info = objectOr(document.info);
  return Buffer.concat([
    textField(1, document.swagger),
    messageField(2, [textField(1, info.title), textField(2, info.version)]),
    messageField(8, named(2, document.paths, pathItem)),
    messageField(9, named(1, document.definitions, schema)),
  ]);
}

type Fields = Buffer[];

/** A map: a message of name and value for each entry. */
function named(
  number: number,
  entries: JsonValue | undefined,
  valueOf: (value: JsonObject) => Fields,
): Fields {
  return Object.entries(objectOr(entries)).map(([name, value]) =>
    messageField(number, [textField(1, name), messageField(2, valueOf(objectOr(value)))]),
  );
}

const methods = { get: 2, put: 3, post: 4, delete: 5, patch: 8 };

function pathItem(item: JsonObject): Fields {
  return Object.entries(methods).flatMap(([method, number]) => {
    const operation = item[method];
    return isJsonObject(operation) ? [messageField(number, operationFields(operation))] : [];
  });
}

function operationFields(operation: JsonObject): Fields {
  return [
    ...listOr(operation.parameters).map((parameter) =>
      messageField(8, [messageField(1, [messageField(2, [queryParameter(parameter)])])]),
    ),
    messageField(9, named(1, operation.responses, response)),
    ...extensions(13, operation),
  ];
}

function queryParameter(parameter: JsonValue): Buffer {
  const { name, type } = objectOr(parameter);
  return messageField(3, [textField(2, 'query'), textField(4, name), textField(6, type)]);
}

function response({ description }: JsonObject): Fields {
  return [messageField(1, [textField(1, description)])];
}

function schema(value: JsonObject): Fields {
  const { additionalProperties, items, properties, type } = value;
  return [
    ...scalars(value),
    ...listOr(value.required).map((name) => textField(19, name)),
    ...listOr(value.enum).map((each) => anyField(20, each)),
    ...(additionalProperties === undefined ? [] : [additional(additionalProperties)]),
    ...(type === undefined ? [] : [messageField(22, [textField(1, type)])]),
    ...(isJsonObject(items) ? [messageField(23, [messageField(1, schema(items))])] : []),
    ...listOr(value.allOf).map((each) => messageField(24, schema(objectOr(each)))),
    ...(properties === undefined ? [] : [messageField(25, named(1, properties, schema))]),
    ...extensions(31, value),
  ];
}

function scalars(value: JsonObject): Fields {
  return [
    textField(1, value.$ref),
    textField(2, value.format),
    textField(3, value.title),
    textField(4, value.description),
    ...(value.default === undefined ? [] : [anyField(5, value.default)]),
    doubleField(6, value.multipleOf),
    doubleField(7, value.maximum),
    flagField(8, value.exclusiveMaximum),
    doubleField(9, value.minimum),
    flagField(10, value.exclusiveMinimum),
    integerField(11, value.maxLength),
    integerField(12, value.minLength),
    textField(13, value.pattern),
    integerField(14, value.maxItems),
    integerField(15, value.minItems),
    flagField(16, value.uniqueItems),
    integerField(17, value.maxProperties),
    integerField(18, value.minProperties),
  ];
}

function additional(value: JsonValue): Buffer {
  const choice = isJsonObject(value) ? messageField(1, schema(value)) : flagField(2, value);
  return messageField(21, [choice]);
}

function extensions(number: number, value: JsonObject): Fields {
  return Object.entries(value)
    .filter(
      (entry): entry is [string, JsonValue] => entry[0].startsWith('x-') && entry[1] !== undefined,
    )
    .map(([name, extension]) => messageField(number, [textField(1, name), anyField(2, extension)]));
}

/** Any value: its YAML, of which JSON is a part. */
function anyField(number: number, value: JsonValue): Buffer {
  return messageField(number, [textField(2, JSON.stringify(value))]);
}
