const pattern =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(?:Z|[+-](\d{2}):(\d{2}))$/;

/** Whether `text` is a time as Go's RFC3339 layout takes it: capital letters, no leap second, days that exist. */
export function isRfc3339Time(text: string): boolean {
  const match = pattern.exec(text);
  if (match === null) return false;
  const [year, month, day, hour, minute, second, offsetHour, offsetMinute] = match
    .slice(1)
    .map((digits: string | undefined) => Number(digits ?? 0)) as EightNumbers;
  const isTimeOfDay = hour < 24 && minute < 60 && second < 60;
  const isOffset = offsetHour < 24 && offsetMinute < 60;
  return (
    isTimeOfDay && isOffset && month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month)
  );
}

type EightNumbers = [number, number, number, number, number, number, number, number];

function daysOf(year: number, month: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31;
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return isLeap ? 29 : 28;
}
