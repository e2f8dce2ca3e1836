import { once } from 'node:events';
import { connect } from 'node:net';

/** Sends so many GET requests on one connection, all at once, and resolves with the count of 200 answers when it is closed. */
export async function pipelined(port: number, target: string, count: number): Promise<number> {
  const socket = connect({ port, host: '127.0.0.1' });
  const one = `GET ${target} HTTP/1.1\r\nHost: localhost\r\n`;
  let answered = 0;
  let rest = '';
  socket.setEncoding('latin1');
  socket.on('data', (text: string) => {
    const parts = (rest + text).split('HTTP/1.1 200 OK\r\n');
    answered += parts.length - 1;
    // A status line may be cut.
    rest = parts.at(-1)!.slice(-20);
  });
  socket.end(`${`${one}\r\n`.repeat(count - 1)}${one}Connection: close\r\n\r\n`);
  await once(socket, 'close');
  return answered;
}
