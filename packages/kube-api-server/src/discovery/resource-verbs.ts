export const allVerbs = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
] as const;
export const subresourceVerbs = ['get', 'patch', 'update'] as const;
