/** From a captured frame to the IP packet in it. Link types: https://www.tcpdump.org/linktypes.html */

export const LINK = {
  null: 0,
  ethernet: 1,
  rawOld: 12,
  rawOpenBsd: 14,
  raw: 101,
  loop: 108,
  linuxSll: 113,
  ipv4: 228,
  ipv6: 229,
  linuxSll2: 276,
} as const;

const ETHERTYPE = { ipv4: 0x0800, ipv6: 0x86dd } as const;
/** IEEE 802.1Q, its stacked form 802.1ad, and what was used before that. */
const VLAN_TAGS = [0x8100, 0x88a8, 0x9100];

/** Offset of the IP header; undefined for what carries no IP. `unknown`: frames of this kind are not read. */
export function ipOffset(linkType: number, frame: Uint8Array): number | undefined | 'unknown' {
  switch (linkType) {
    case LINK.ethernet:
      return behindTypes(frame, 12);
    case LINK.null:
    case LINK.loop:
      // The address family comes first, in the order of bytes of whoever captured.
      return frame.length > 4 ? 4 : undefined;
    case LINK.raw:
    case LINK.rawOld:
    case LINK.rawOpenBsd:
    case LINK.ipv4:
    case LINK.ipv6:
      return 0;
    case LINK.linuxSll:
      return behindTypes(frame, 14);
    case LINK.linuxSll2:
      return behindTypes(frame, 0, 20);
    default:
      return 'unknown';
  }
}

function behindTypes(frame: Uint8Array, typeAt: number, start = typeAt + 2): number | undefined {
  let at = start;
  let type = typeOf(frame, typeAt);
  while (VLAN_TAGS.includes(type)) {
    type = typeOf(frame, at + 2);
    at += 4;
  }
  return type === ETHERTYPE.ipv4 || type === ETHERTYPE.ipv6 ? at : undefined;
}

function typeOf(frame: Uint8Array, at: number): number {
  return ((frame[at] ?? 0) << 8) | (frame[at + 1] ?? 0);
}
