import type { Format } from 'ajv';
import formats from 'ajv-formats/dist/formats.js';

const { fullFormats } = formats;
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const microTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}(Z|[+-]\d\d:\d\d)$/;
const mac = /^([0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}$/;

/** Formats that the API server checks; any other name is documentation. */
export const knownFormats: Record<string, Format> = {
  date: fullFormats.date,
  'date-time': fullFormats['date-time'],
  datetime: fullFormats['date-time'],
  uri: fullFormats.uri,
  email: fullFormats.email,
  hostname: fullFormats.hostname,
  ipv4: fullFormats.ipv4,
  ipv6: fullFormats.ipv6,
  uuid: fullFormats.uuid,
  byte: base64,
  mac,
  'micro-time': microTime,
};
