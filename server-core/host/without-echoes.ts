/** Several processes that run the same module complain of it within moments of each other. */
const ECHO_MS = 2_000;

/** Says the same text once, until it has not been heard for a while. */
export function withoutEchoes(say: (text: string) => void): (text: string) => void {
  const heard = new Map<string, NodeJS.Timeout>();
  return (text) => {
    const timer = heard.get(text);
    if (timer) return void timer.refresh();
    heard.set(text, setTimeout(() => heard.delete(text), ECHO_MS).unref());
    say(text);
  };
}
