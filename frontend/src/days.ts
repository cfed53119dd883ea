/** Days as numbers, so that they can be slid over: how many days after 1 January 1970, without any clock or zone. */

import { say } from "./words";

export const DAY_MS = 86_400_000;

/** "2023-11-25" as a day number; null for anything else. */
export function dayOf(text: string | null | undefined): number | null {
  if (!text || !/^\d{4}-\d{2}-\d{2}/.test(text)) return null;
  const at = Date.parse(text.slice(0, 10));
  return Number.isFinite(at) ? at / DAY_MS : null;
}

/** A day number as "2023-11-25". */
export function isoOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** How the language of the page writes a day, and its names of months: the same as on the rest of the page. */
export interface Written { day_form: string; months: readonly string[] }

/** A day number as the page writes it: 25 Nov 2023. */
export function told(day: number, written: Written): string {
  const at = new Date(day * DAY_MS);
  return say(written.day_form, { day: at.getUTCDate(), number: at.getUTCMonth() + 1, month: written.months[at.getUTCMonth()] ?? "", year: at.getUTCFullYear() });
}

/** The first days of months between two days, thinned so that at most `most` remain, each with a short label. */
export function monthsIn(from: number, to: number, months: readonly string[], most: number): { day: number; label: string }[] {
  const found: { day: number; label: string }[] = [];
  const at = new Date(from * DAY_MS);
  let next = Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1);
  while (next / DAY_MS <= to) {
    const first = new Date(next);
    const year = first.getUTCMonth() === 0 || !found.length;
    found.push({ day: next / DAY_MS, label: `${months[first.getUTCMonth()] ?? ""}${year ? ` ${first.getUTCFullYear()}` : ""}` });
    next = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 1);
  }
  if (found.length <= most) return found;
  const years = found.filter((one) => new Date(one.day * DAY_MS).getUTCMonth() === 0).map((one) => ({ day: one.day, label: isoOf(one.day).slice(0, 4) }));
  if (years.length > 1) return years.filter((_, i) => i % Math.ceil(years.length / most) === 0);
  return found.filter((_, i) => i % Math.ceil(found.length / most) === 0);
}
