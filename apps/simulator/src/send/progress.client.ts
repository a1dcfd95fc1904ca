import { Presets, SingleBar } from 'cli-progress';

export interface Progress {
  to(value: number): void;
  stop(): void;
}

/** A bar on a terminal; elsewhere a line for every tenth. */
export function startProgress(title: string, total: number, stream: NodeJS.WriteStream = process.stderr): Progress {
  return stream.isTTY ? bar(title, total, stream) : lines(title, total, stream);
}

function bar(title: string, total: number, stream: NodeJS.WriteStream): Progress {
  const single = new SingleBar(
    { format: `${title} {bar} {percentage}% | {value}/{total} days | {eta_formatted}`, stream, hideCursor: true },
    Presets.shades_classic,
  );
  single.start(total, 0);
  return { to: (value) => single.update(value), stop: () => single.stop() };
}

function lines(title: string, total: number, stream: NodeJS.WriteStream): Progress {
  let told = 0;
  const to = (value: number) => {
    const tenth = Math.floor((value * 10) / total);
    if (tenth > told) stream.write(`${title}: ${tenth * 10} %\n`);
    told = Math.max(told, tenth);
  };
  return { to, stop: () => undefined };
}
