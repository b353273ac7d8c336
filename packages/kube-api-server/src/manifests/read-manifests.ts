import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { isJsonObject, listOr, type JsonObject } from '../json/json-value.ts';

/** YAML text (many documents), a file or folder of YAML and JSON, or objects. */
export type ManifestSource =
  { readonly yaml: string } | { readonly path: string } | { readonly objects: readonly object[] };

/** The objects of a source in the order in which they are written; Lists are taken apart. */
export async function readManifests(source: ManifestSource): Promise<JsonObject[]> {
  if ('objects' in source)
    return source.objects.flatMap((object) => membersOf(object as JsonObject));
  if ('yaml' in source) return parseManifests(source.yaml, 'the manifests');
  const objects: JsonObject[] = [];
  for (const file of await manifestFiles(source.path)) {
    objects.push(...parseManifests(await readFile(file, 'utf8'), file));
  }
  return objects;
}

/** Files of a folder and its folders by name; a kustomization is not a manifest. */
async function manifestFiles(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const entries = await readdir(path, { withFileTypes: true });
  const files: string[] = [];
  for (const entry of entries.sort((left, right) => (left.name < right.name ? -1 : 1))) {
    const inner = join(path, entry.name);
    if (entry.isDirectory()) files.push(...(await manifestFiles(inner)));
    else if (/\.(ya?ml|json)$/.test(entry.name) && !entry.name.startsWith('kustomization.')) {
      files.push(inner);
    }
  }
  return files;
}

function parseManifests(text: string, origin: string): JsonObject[] {
  const documents = parseAllDocuments(text);
  if (!Array.isArray(documents)) return [];
  return documents.flatMap((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw new Error(`${origin} is not YAML: ${error.message}`);
    const value: unknown = document.toJS();
    if (value === null || value === undefined) return [];
    if (!isJsonObject(value)) throw new Error(`${origin} has a document that is not an object`);
    return membersOf(value);
  });
}

function membersOf(object: JsonObject): JsonObject[] {
  if (typeof object.kind !== 'string' || !object.kind.endsWith('List')) return [object];
  if (!Array.isArray(object.items)) return [object];
  return listOr(object.items).filter(isJsonObject);
}
