// Asks before work is lost that somebody has not taken away.

export class Leaving {
  private readonly unsaved = new Set<string>();
  private readonly ask = (event: BeforeUnloadEvent) => event.preventDefault();

  /** Something was made that is nowhere else. */
  made(what: string): void {
    this.unsaved.add(what);
    // A page that asks for nothing may be kept by the browser for a way back.
    addEventListener("beforeunload", this.ask);
  }

  /** It was saved, or is no more. */
  kept(...what: string[]): void {
    for (const one of what) this.unsaved.delete(one);
    if (this.unsaved.size === 0) removeEventListener("beforeunload", this.ask);
  }
}
