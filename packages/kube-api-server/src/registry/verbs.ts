export const allVerbs: readonly string[] = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
];
export const subresourceVerbs: readonly string[] = ['get', 'patch', 'update'];
