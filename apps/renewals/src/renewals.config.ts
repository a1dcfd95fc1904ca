import { ServiceConfig } from '@tenure/platform';

/** Renewals reads nothing from the environment beside the platform's fields. */
export class RenewalsConfig extends ServiceConfig {}
