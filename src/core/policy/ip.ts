interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

/** Whether an address lies in a network (`203.0.113.0/24`, `2001:db8::/32`, or one address); undefined where the network makes no sense. */
export function inNetwork(address: string, network: string): boolean | undefined {
  const [base = '', length, ...rest] = network.split('/');
  const wanted = parseAddress(base);
  const bits = length === undefined ? wanted?.bits : /^\d{1,3}$/.test(length) ? Number(length) : undefined;
  if (!wanted || bits === undefined || bits > wanted.bits || rest.length > 0) return undefined;
  const given = parseAddress(address.replace(/^::ffff:(?=\d+\.)/i, ''));
  if (given?.bits !== wanted.bits) return false;
  const shift = BigInt(wanted.bits - bits);
  return given.value >> shift === wanted.value >> shift;
}

function parseAddress(text: string): Address | undefined {
  return text.includes(':') ? parseV6(text) : parseV4(text);
}

function parseV4(text: string): Address | undefined {
  const bytes = text.split('.');
  if (bytes.length !== 4 || !bytes.every((byte) => /^(0|[1-9]\d{0,2})$/.test(byte) && Number(byte) < 256)) {
    return undefined;
  }
  return { bits: 32, value: bytes.reduce((value, byte) => value * 256n + BigInt(byte), 0n) };
}

function parseV6(text: string): Address | undefined {
  const halves = text.split('::');
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  const fitting = halves.length === 1 ? missing === 0 : halves.length === 2 && missing > 0;
  const groups = [...head, ...Array<string>(Math.max(missing, 0)).fill('0'), ...tail];
  if (!fitting || !groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return { bits: 128, value: groups.reduce((value, group) => value * 65536n + BigInt(`0x${group}`), 0n) };
}
