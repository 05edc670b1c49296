// What went wrong, said at the bottom of the page.

import { toast } from "./toast.js";
import { explained } from "./words.js";

export function fail(error: unknown, name?: string): void {
  toast(explained(error instanceof Error ? error.message : String(error), name));
}
