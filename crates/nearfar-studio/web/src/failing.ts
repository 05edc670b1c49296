// Errors, shown at the bottom of the page.

import { toast } from "./toast.js";
import { explained } from "./words.js";

export function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export function fail(error: unknown, name?: string): void {
  const { text, ...manner } = explained(error, name);
  toast(text, manner);
}
