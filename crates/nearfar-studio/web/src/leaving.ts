// Asks before the page is closed if there is unsaved work.

export class Leaving {
  private readonly unsaved = new Set<string>();
  private readonly ask = (event: BeforeUnloadEvent) => event.preventDefault();

  /** Something was made that exists nowhere else. */
  made(what: string): void {
    this.unsaved.add(what);
    // Without such a handler the browser may keep the page for its back button.
    addEventListener("beforeunload", this.ask);
  }

  /** It was saved, or no longer exists. */
  kept(...what: string[]): void {
    for (const one of what) this.unsaved.delete(one);
    if (this.unsaved.size === 0) removeEventListener("beforeunload", this.ask);
  }
}
