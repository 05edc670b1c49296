// Which of many files belong together.

export type Pair<T> = [T, T | null];

/** A side's name as a word of a file's name: `cat-near.jpg`, `FAR_12.png`. */
const WORD = /(^|[^a-z])(near|far)(?![a-z])/i;

/**
 * Pairs of files, NEAR first: those whose names are one but for `near` and `far`; the others two by two in the order of their
 * names. One may be left over.
 */
export function pairsOf<T extends { name: string }>(files: T[]): Pair<T>[] {
  const sorted = [...files].sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));
  const halves = new Map<string, { near?: T; far?: T }>();
  for (const file of sorted) {
    const word = WORD.exec(file.name);
    if (!word) continue;
    const key = file.name.replace(WORD, "$1").replace(/\.[^.]*$/, "").toLowerCase();
    const half = halves.get(key) ?? {};
    const side = (word[2] as string).toLowerCase() as "near" | "far";
    half[side] ??= file;
    halves.set(key, half);
  }
  const pairs: Pair<T>[] = [];
  const paired = new Set<T>();
  for (const { near, far } of halves.values()) {
    if (!near || !far) continue;
    pairs.push([near, far]);
    paired.add(near).add(far);
  }
  const rest = sorted.filter((file) => !paired.has(file));
  for (let i = 0; i < rest.length; i += 2) pairs.push([rest[i] as T, rest[i + 1] ?? null]);
  return pairs;
}
