/** What is taken out of a lab: a sheet to print and write on, and a file of what was done. */
import type { Lab } from './lab-file.ts';
import { type BegunLab, doneOf, proofText } from './lab-progress.ts';

/** Said in the file itself: a teacher must not take it for more than it is. */
export const UNSIGNED = 'Nobody has signed this: whoever can edit a file can edit this one.';

/** JSON of what was done, by which exchanges, and when. */
export function answerFile(lab: Lab, begun: BegunLab | undefined): string {
  const time = (ms: number) => new Date(ms).toISOString();
  const tasks = lab.tasks.map(({ id, task }) => {
    const done = begun?.done[id];
    return { id, task, done: done !== undefined, ...(done && { at: time(done.at), by: done.by }) };
  });
  const answers = {
    wirescopeAnswers: 1,
    lab: lab.id,
    title: lab.title,
    ...(begun && { begun: time(begun.at) }),
    done: doneOf(lab, begun),
    of: lab.tasks.length,
    tasks,
    questions: lab.questions.map((question) => ({ question, answer: begun?.answers[question] ?? '' })),
    note: UNSIGNED,
  };
  return `${JSON.stringify(answers, null, 2)}\n`;
}

/** A page that stands by itself: no script, nothing loaded. */
export function worksheet(lab: Lab, begun: BegunLab | undefined): string {
  const tasks = lab.tasks.map(({ id, task, hint }) => {
    const done = begun?.done[id];
    const seen = done ? `<p class="seen">Done by ${escaped(done.by.map(proofText).join(', '))}</p>` : '';
    return `<li class="${done ? 'done' : 'open'}"><b>${escaped(task)}</b><p>${escaped(hint)}</p>${seen}<div class="room"></div></li>`;
  });
  const questions = lab.questions.map((question) => {
    const answer = begun?.answers[question] ?? '';
    const room =
      answer === '' ? '<div class="room tall"></div>' : `<p class="written">${escaped(answer)}</p>`;
    return `<li>${escaped(question)}${room}</li>`;
  });
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${escaped(lab.title)}: worksheet</title>
<style>${SHEET}</style>
<header><h1>${escaped(lab.title)}</h1><p class="who"><span>Name</span><span>Date</span></p></header>
<p class="goal">${escaped(lab.goal)}</p>
<h2>Tasks</h2>
<ol>${tasks.join('\n')}</ol>
${questions.length === 0 ? '' : `<h2>Questions</h2>\n<ol>${questions.join('\n')}</ol>`}
<h2>To read</h2>
<p>${lab.rfc.map(escaped).join(' · ')}</p>
</html>
`;
}

const SHEET = `
@page { margin: 18mm }
body { max-width: 720px; margin: 32px auto; padding: 0 16px; color: #111; background: #fff; font: 14px/20px system-ui, sans-serif }
h1 { margin: 0; font-size: 24px; line-height: 32px }
h2 { margin: 24px 0 8px; font-size: 16px }
.who { display: flex; gap: 24px; margin: 12px 0 }
.who span { flex: 1; padding-top: 24px; border-top: 0; border-bottom: 1px solid #111; font-size: 12px }
li { margin-bottom: 12px; break-inside: avoid }
li p { margin: 0; color: #444 }
li .seen { font: 12px/16px ui-monospace, monospace }
.written { white-space: pre-wrap; overflow-wrap: anywhere }
.room { height: 28px; border-bottom: 1px solid #999 }
.room.tall { height: 72px }
.done::marker { content: "☑ " }
.open::marker { content: "☐ " }
`;

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
