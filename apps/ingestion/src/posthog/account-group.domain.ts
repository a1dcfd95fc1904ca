import type { Fields } from '../segment/call.domain';
import { idOf, isFields } from '../segment/call.domain';

/** The kinds of group that usually are the customer, where the source's settings do not say which is. */
const usualTypes = ['company', 'account', 'organization', 'organisation', 'customer', 'tenant'] as const;
const mostGroups = 20;

/** `$groups` of an event: the group that is the account, and the others. */
export interface Groups {
  readonly account: string | undefined;
  readonly accountType: string | undefined;
  readonly others: Readonly<Record<string, string>>;
}

/** @param chosen the source's account property: here it is the kind of group that is the account */
export function groupsOf(properties: Fields, chosen: string | undefined): Groups {
  const named = isFields(properties['$groups']) ? Object.entries(properties['$groups']) : [];
  const groups = named.flatMap(([type, value]): [string, string][] => {
    const id = idOf(value);
    return id === undefined || id.length > 200 || !isStorable(id) || !isStorable(type) ? [] : [[type, id]];
  });
  const accountType = accountTypeOf(
    groups.map(([type]) => type),
    chosen,
  );
  return {
    account: groups.find(([type]) => type === accountType)?.[1],
    accountType,
    others: Object.fromEntries(groups.filter(([type]) => type !== accountType).slice(0, mostGroups)),
  };
}

/** Whether groups of this kind are accounts. */
export const isAccountType = (type: string, chosen: string | undefined): boolean =>
  accountTypeOf([type], chosen) === type;

function accountTypeOf(types: readonly string[], chosen: string | undefined): string | undefined {
  if (chosen !== undefined && types.includes(chosen)) return chosen;
  return usualTypes.find((type) => types.includes(type));
}

const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\0');
