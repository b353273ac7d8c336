/** A consumer's filter, sorted, however its config spells it; empty: the whole stream. */
export function filterSubjectsOf(config: Readonly<Record<string, unknown>>): string[] {
  const { filter_subject: only, filter_subjects: several } = config;
  if (Array.isArray(several)) return [...(several as string[])].sort();
  return typeof only === 'string' && only !== '' ? [only] : [];
}
