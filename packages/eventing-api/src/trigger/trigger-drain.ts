/**
 * How a Trigger is emptied before it is deleted. Whoever wants that writes any text (a time) under `requested` on the
 * object; once every event stored until then is settled, the trigger controller repeats the text under `drained` in
 * `status.annotations`.
 */
export const triggerDrainAnnotations = {
  requested: 'jetmesh.dev/drain-requested',
  drained: 'jetmesh.dev/drained',
} as const;
