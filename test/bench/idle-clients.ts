/**
 * Opens connections and keeps them: `node idle-clients.ts <url> <count>`. Each asks once for the URL and reads the
 * answer, as browsers' connections do; then nothing. Prints `holding N` and stays until it is ended.
 */
import { connect, type Socket } from 'node:net';

const url = new URL(process.argv[2] as string);
const count = Number(process.argv[3]);
/** Connections under way at once: more would overrun the queue in which the system keeps them for the server. */
const AT_ONCE = 200;

const held: Socket[] = [];

function open(): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(url.port), url.hostname, () => {
      socket.write(`GET ${url.pathname} HTTP/1.1\r\nHost: ${url.host}\r\n\r\n`);
    });
    socket.once('data', () => {
      held.push(socket);
      resolve();
    });
    socket.once('error', reject);
    socket.once('close', () => reject(new Error(`The server closed connection ${held.length}`)));
  });
}

async function openInTurn(): Promise<void> {
  while (opening < count) {
    opening++;
    await open();
  }
}

let opening = 0;
await Promise.all(Array.from({ length: AT_ONCE }, openInTurn));
console.log(`holding ${held.length}`);
