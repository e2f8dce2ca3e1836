/** The one gate for what pages say to main: the sender is checked, then the shape of what it says. */
import { type IpcMainEvent, type IpcMainInvokeEvent, ipcMain } from 'electron/main';
import * as v from 'valibot';
import { isOwnUrl } from './addresses.ts';
import { isOurWindow } from './window.ts';

type Arguments = readonly unknown[];
type Schema<A extends Arguments> = v.GenericSchema<unknown, A>;

/** Answers an invoke. A call from elsewhere, or of another shape, is rejected with an error. */
export function handle<A extends Arguments, R>(
  channel: string,
  schema: Schema<A>,
  answer: (event: IpcMainInvokeEvent, ...args: A) => R | Promise<R>,
): void {
  ipcMain.handle(channel, (event, ...args: unknown[]) => {
    if (!isTrusted(event)) throw new Error('This page may not ask that');
    return answer(event, ...v.parse(schema, args));
  });
}

/** Takes a message. One from elsewhere, or of another shape, is ignored. */
export function receive<A extends Arguments>(
  channel: string,
  schema: Schema<A>,
  take: (event: IpcMainEvent, ...args: A) => void,
): void {
  ipcMain.on(channel, (event, ...args: unknown[]) => {
    const parsed = v.safeParse(schema, args);
    if (isTrusted(event) && parsed.success) take(event, ...parsed.output);
  });
}

/** Only the top frame of our window, while it shows our page. Read within the event: frames come and go. */
function isTrusted({ sender, senderFrame }: IpcMainEvent | IpcMainInvokeEvent): boolean {
  return (
    senderFrame !== null && senderFrame.parent === null && isOwnUrl(senderFrame.url) && isOurWindow(sender)
  );
}
