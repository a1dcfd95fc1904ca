import type { Person } from '../people/person.domain';
import { defaultSettings, type Tenant } from './settings.domain';

const tenant: Tenant = { id: 'demo', name: 'Tenure Demo', version: 1, ...defaultSettings };

function csm(id: string, name: string): Person {
  const email = `${name.toLowerCase().split(' ')[0]}@tenure.local`;
  return { id: `demo-${id}`, email, name, role: 'csm', active: true };
}

const admin: Person = { id: 'demo-admin', email: 'demo@tenure.local', name: 'Dana Demo', role: 'admin', active: true };

/** The demo's tenant: who signs in first, then the six who own its accounts. */
export const demo = {
  tenant,
  password: 'demo-tenure',
  key: 'demo-api-key',
  keyId: 'demo',
  people: [
    admin,
    csm('csm-1', 'Amara Okafor'),
    csm('csm-2', 'Ben Lindqvist'),
    csm('csm-3', 'Chiara Rossi'),
    csm('csm-4', 'Diego Alvarez'),
    csm('csm-5', 'Emi Tanaka'),
    csm('csm-6', 'Farah Haddad'),
  ],
} as const;
