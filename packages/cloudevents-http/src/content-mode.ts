export type ContentMode = 'binary' | 'structured' | 'batched';
