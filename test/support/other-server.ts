import { createServer } from 'node:net';

/** A server that is none of ours: it answers whatever comes, and keeps it. */
export async function otherServer() {
  const asked: string[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (data: Buffer) => {
      asked.push(data.toString('latin1'));
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 14\r\nConnection: close\r\n\r\nfrom-elsewhere');
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { readonly port: number };
  const authority = `127.0.0.1:${port}`;
  return {
    ...{ asked, authority, port, url: `http://${authority}/` },
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}
