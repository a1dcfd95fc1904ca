export { infra, startInfra, type InfraAddress, type RunningInfra } from './infra';
