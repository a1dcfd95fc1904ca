import { publishAddress, startInfra } from '../infra';
import type { RunningInfra } from '../infra-address';

declare global {
  var tenureInfra: RunningInfra | undefined;
}

export default async function setUp(): Promise<void> {
  globalThis.tenureInfra = await startInfra();
  publishAddress(globalThis.tenureInfra);
}
