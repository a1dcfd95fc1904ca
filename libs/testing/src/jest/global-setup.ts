import { publishAddress, startInfra, type RunningInfra } from '../infra';

declare global {
  var tenureInfra: RunningInfra | undefined;
}

export default async function setUp(): Promise<void> {
  globalThis.tenureInfra = await startInfra();
  publishAddress(globalThis.tenureInfra);
}
