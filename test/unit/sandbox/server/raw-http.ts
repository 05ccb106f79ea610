import { connect } from 'node:net';

/** Sends bytes and reads until the connection ends; tells how it ended. */
export async function rawExchange(
  address: string,
  request: string,
): Promise<{ received: string; end: 'closed' | 'reset' }> {
  const { hostname, port } = new URL(address);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    const chunks: Buffer[] = [];
    let end: 'closed' | 'reset' = 'closed';
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', () => (end = 'reset'));
    socket.on('close', () => resolve({ received: Buffer.concat(chunks).toString('utf8'), end }));
    socket.write(request);
  });
}

export function rawPost(host: string, target: string, body: string): string {
  return [
    'POST / HTTP/1.1',
    `Host: ${host}`,
    `X-Amz-Target: ${target}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n');
}
