import { BlockList, isIP } from 'node:net'

/**
 * What is not the open internet: this machine, private networks, and addresses with another meaning, among them those of clouds that hand
 * out secrets (169.254.169.254). From IANA's registries of special-purpose addresses; the last ones carry an IPv4 address within.
 */
const inside = new BlockList()
for (const range of [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
]) {
  const [address = '', bits] = range.split('/')
  inside.addSubnet(address, Number(bits), isIP(address) === 4 ? 'ipv4' : 'ipv6')
}

/** All of the open internet there is in IPv6. What lies elsewhere is this machine, its network, or IPv4 in disguise. */
const globalUnicast = new BlockList()
globalUnicast.addSubnet('2000::', 3, 'ipv6')

/** Whether this IP address is one of the open internet. Of anything else, a name included: false. */
export function isOutside(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !inside.check(address, 'ipv4')
  return family === 6 && globalUnicast.check(address, 'ipv6') && !inside.check(address, 'ipv6')
}
