/** What one part says about itself; `detail` is shown on /health/ready, so it names no hosts and no secrets. */
export interface ReadinessCheck {
  readonly ok: boolean;
  readonly detail?: string;
}

export interface ReadinessReport {
  readonly ok: boolean;
  readonly checks: Readonly<Record<string, ReadinessCheck>>;
}

type Probe = () => ReadinessCheck | Promise<ReadinessCheck>;

const probeTimeoutMs = 2_000;

/** Where the parts of a service say whether it can do its work now. */
export class Readiness {
  private readonly probes = new Map<string, Probe>();
  private readonly stop = new AbortController();
  private running = false;

  /** Aborts when the service begins to stop: answers without an end (server-sent events) end themselves then. */
  readonly stopping: AbortSignal = this.stop.signal;

  /** A second registration under the same name replaces the first. */
  register(name: string, probe: Probe): void {
    this.probes.set(name, probe);
  }

  get started(): boolean {
    return this.running;
  }

  markStarted(): void {
    this.running = true;
  }

  /** From here on not ready, so that no new work is sent here. */
  markStopping(): void {
    this.stop.abort();
  }

  async report(): Promise<ReadinessReport> {
    const entries = await Promise.all([...this.probes].map(async ([name, probe]) => [name, await ask(probe)] as const));
    const checks = Object.fromEntries([['process', this.processCheck()] as const, ...entries]);
    return { ok: Object.values(checks).every((check) => check.ok), checks };
  }

  private processCheck(): ReadinessCheck {
    if (this.stopping.aborted) return { ok: false, detail: 'stopping' };
    return this.running ? { ok: true } : { ok: false, detail: 'starting' };
  }
}

/** A probe that throws or hangs is a part that is not ready. */
async function ask(probe: Probe): Promise<ReadinessCheck> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<ReadinessCheck>((resolve) => {
    timer = setTimeout(() => resolve({ ok: false, detail: 'no answer' }), probeTimeoutMs);
  });
  try {
    return await Promise.race([probe(), late]);
  } catch {
    return { ok: false, detail: 'failed' };
  } finally {
    clearTimeout(timer);
  }
}
