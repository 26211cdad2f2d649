/** "stream p0@A" is of kind "stream" and object "p0@A": the first word of a cell's name is its kind. */
export function partsOf(name: string): { readonly kind: string; readonly object: string } {
  const [kind = '', rest = ''] = name.split(' ', 2);
  return { kind, object: rest };
}
