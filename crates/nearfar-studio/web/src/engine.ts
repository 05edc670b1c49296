// The page's connection to its worker: sends requests, receives replies, and replaces a worker that has died.

import type { Calls, Fault, Kind, Reply, Request } from "./protocol.js";

type Value<K extends Kind> = Calls[K][1];

interface Waiting {
  done(value: unknown): void;
  failed(error: Error): void;
  progress?(share: number): void;
}

export interface How {
  /** Only the newest request of a lane counts; older ones resolve to undefined. */
  lane?: string;
  transfer?: Transferable[];
  progress?(share: number): void;
}

/** The browser refuses to give the page more memory. */
export class OutOfMemory extends Error {}

/** The work failed. */
export class Failed extends Error {
  constructor(readonly fault: Fault) {
    super(fault.text);
  }
}

export class Engine {
  private worker: Worker | null = null;
  /** The worker once it has loaded its module; earlier requests wait for that. */
  private ready: Promise<Worker | null> | null = null;
  private waiting = new Map<number, Waiting>();
  private next = 1;

  /** `died` is called after a new worker has replaced one that died; the new one has no state. */
  constructor(
    private readonly script: string,
    private readonly wasm: () => Promise<ArrayBuffer>,
    private readonly died: () => void = () => undefined,
  ) {}

  /** Starts the worker now rather than at the first request. */
  async start(): Promise<void> {
    await this.begun();
  }

  /** Releases all memory; pending requests resolve to undefined. */
  stop(): void {
    this.worker?.terminate();
    this.worker = null;
    this.ready = null;
    const waiting = [...this.waiting.values()];
    this.waiting.clear();
    for (const one of waiting) one.done(undefined);
  }

  private begun(): Promise<Worker | null> {
    this.ready ??= this.begin();
    return this.ready;
  }

  /** Null if the engine was stopped in the meantime. */
  private async begin(): Promise<Worker | null> {
    const url = URL.createObjectURL(new Blob([this.script], { type: "text/javascript" }));
    const worker = new Worker(url);
    this.worker = worker;
    worker.onmessage = (event: MessageEvent<Reply>) => this.hear(event.data);
    worker.onerror = (event) => {
      event.preventDefault();
      this.bury(event.message);
    };
    const wasm = await this.wasm();
    if (this.worker !== worker) return null;
    await this.send(worker, "start", { wasm }, { transfer: [wasm] });
    URL.revokeObjectURL(url);
    return this.worker === worker ? worker : null;
  }

  async ask<K extends Kind>(kind: K, args: Calls[K][0], how: How = {}): Promise<Value<K> | undefined> {
    const worker = await this.begun();
    return worker ? this.send(worker, kind, args, how) : undefined;
  }

  private send<K extends Kind>(worker: Worker, kind: K, args: Calls[K][0], how: How): Promise<Value<K> | undefined> {
    const id = this.next++;
    const request: Request<K> = { id, kind, args, lane: how.lane ?? null };
    return new Promise((done, failed) => {
      this.waiting.set(id, { done: done as (value: unknown) => void, failed, ...(how.progress && { progress: how.progress }) });
      worker.postMessage(request, how.transfer ?? []);
    });
  }

  private hear(reply: Reply): void {
    const waiting = this.waiting.get(reply.id);
    if (reply.kind === "progress") return waiting?.progress?.(reply.share);
    this.waiting.delete(reply.id);
    if (reply.kind === "done") waiting?.done(reply.value);
    else if (reply.kind === "stale") waiting?.done(undefined);
    else waiting?.failed(new Failed(reply.fault));
  }

  private bury(reason: string): void {
    this.worker?.terminate();
    this.ready = null;
    const waiting = [...this.waiting.values()];
    this.waiting.clear();
    const error = /memory|unreachable|alloc/i.test(reason)
      ? new OutOfMemory("That took more memory than this browser gives a page. Use a smaller picture.")
      : new Error(`The work failed: ${reason}`);
    this.start().then(() => {
      for (const one of waiting) one.failed(error);
      this.died();
    });
  }
}
