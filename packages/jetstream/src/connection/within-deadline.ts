/** Whether the promise resolved in time; what it resolves or rejects with does not matter. */
export async function withinDeadline(promise: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => {
      resolve(false);
    }, ms);
  });
  const done = promise.then(
    () => true,
    () => false,
  );
  const isInTime = await Promise.race([done, deadline]);
  clearTimeout(timer);
  return isInTime;
}
