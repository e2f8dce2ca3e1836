/** Listening at the port that was asked for, or at the next one that is free; and why that cannot be. */
import { portOwner } from './port-owner.ts';

/** Ports tried after the one asked for. Vite and serve go on without end; a person wants a port near the one typed. */
const PORTS_TRIED = 50;

/** Tries one port after the other; 0 takes any free one. Resolves to the port. Rejects with the system's error. */
export async function listenNear(wanted: number, listen: (port: number) => Promise<number>): Promise<number> {
  const last = wanted === 0 ? wanted : Math.min(wanted + PORTS_TRIED, 65_535);
  for (let port = wanted; ; port++) {
    try {
      return await listen(port);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || port >= last) throw error;
    }
  }
}

/** Such as ` by nginx (process 812)`; nothing where the system does not tell. */
export async function takenBy(port: number): Promise<string> {
  const owner = await portOwner(port);
  return owner === undefined ? '' : ` by ${owner}`;
}

/** Why none of the ports could be opened. */
export async function listenSentence(port: number, error: NodeJS.ErrnoException): Promise<string> {
  if (error.code === 'EADDRINUSE') {
    return `Port ${port} is taken${await takenBy(port)}, and so are the ${PORTS_TRIED} after it`;
  }
  if (error.code === 'EACCES')
    return `Port ${port} needs more rights than this user has; ports from 1024 up do not`;
  if (error.code === 'EADDRNOTAVAIL') return 'No network interface of this machine has that address';
  if (error.code === 'ENOTFOUND') return 'No address is known by the name of that host';
  return `The port cannot be opened (${error.code ?? error.message})`;
}
