import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Clouds' metadata services that stand on public addresses. */
const metadata = ['168.63.129.16', '192.0.0.192'];
const globalUnicast: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('2000::'), 3];
/** Unicast by its form, yet nobody's on the internet: documentation, benchmarks, segment routing, local NAT64. */
const special6: [ipaddr.IPv6, number][] = [
  [ipaddr.IPv6.parse('2001::'), 23],
  [ipaddr.IPv6.parse('2001:db8::'), 32],
  [ipaddr.IPv6.parse('2002::'), 16],
  [ipaddr.IPv6.parse('3fff::'), 20],
];

/** Names that by their definition lead inside. */
const insideNames = /(^|\.)(localhost|local|internal|intranet|lan|home\.arpa|localdomain)\.?$/i;

/**
 * Whether an IP address is one of the public internet: not loopback, private, link-local, shared, multicast, metadata,
 * documentation, and not an IPv6 form that carries an IPv4 address inside (mapped, NAT64, 6to4, Teredo).
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed instanceof ipaddr.IPv4)
    return isIP(address) === 4 && parsed.range() === 'unicast' && !metadata.includes(address);
  if (parsed.range() !== 'unicast' || !parsed.match(globalUnicast)) return false;
  return !special6.some((range) => parsed.match(range));
}

/** What is wrong with a destination's address, or null. */
export interface AddressFault {
  readonly code: 'wrong-url' | 'private-address';
  readonly detail: string;
}

/**
 * Checks an address by its text: http or https, no user in it, and (unless the operator allows them) no host that is
 * plainly not public. A name is checked again when it is resolved: see `guardedLookup`.
 */
export function checkUrl(text: string, allowPrivate: boolean): AddressFault | null {
  const url = URL.parse(text);
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.hostname === '')
    return { code: 'wrong-url', detail: 'It must be an address with http or https.' };
  if (url.username !== '' || url.password !== '')
    return { code: 'wrong-url', detail: 'It must not contain a user or a password.' };
  return allowPrivate || !leadsInside(url.hostname)
    ? null
    : { code: 'private-address', detail: 'The address is not a public one.' };
}

/** URL has brought decimal, octal, hexadecimal and shortened forms of IPv4 into the one with four numbers. */
function leadsInside(hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  return isIP(bare) > 0 ? !isPublicAddress(bare) : insideNames.test(bare);
}
