import { describe, expect, it } from 'vitest';
import { answerFile, UNSIGNED, worksheet } from '../../../renderer/learn/lab-papers.ts';
import { builtInLabs } from '../../../renderer/learn/labs.ts';

const lab = builtInLabs().find(({ id }) => id === 'conditional')!;
const by = [{ exchange: 7, conn: 2, method: 'GET', target: '/<a>', status: 304 }];
const answers = { [lab.questions[0]!]: 'All of <it>' };
const begun = { at: 1e12, epochMs: 0, after: 0, answers, done: { tag: { at: 1e12 + 5000, epochMs: 0, by } } };

describe('the answer file', () => {
  it('says what was done, when and by which exchange, and that nobody signed it', () => {
    const answers = JSON.parse(answerFile(lab, begun)) as { tasks: unknown[] };
    expect(answers).toMatchObject({
      lab: 'conditional',
      done: 1,
      of: 4,
      begun: '2001-09-09T01:46:40.000Z',
      note: UNSIGNED,
    });
    expect(answers.tasks.slice(0, 2)).toEqual([
      { id: 'tag', task: lab.tasks[0]!.task, done: true, at: '2001-09-09T01:46:45.000Z', by },
      { id: 'revalidated', task: lab.tasks[1]!.task, done: false },
    ]);
  });
});

describe('the worksheet', () => {
  it('has what was written to a question, and room where nothing was', () => {
    expect(worksheet(lab, begun)).toContain('<p class="written">All of &#60;it&#62;</p>');
    expect(JSON.parse(answerFile(lab, begun))).toMatchObject({
      questions: [{ question: lab.questions[0], answer: 'All of <it>' }, { answer: '' }],
    });
  });

  it('has every task and question, and loads nothing', () => {
    const page = worksheet(lab, begun);
    for (const { task } of lab.tasks) expect(page).toContain(task.replaceAll('"', '&#34;'));
    expect(page.match(/class="room tall"/g)).toHaveLength(lab.questions.length - 1);
    expect(page).toContain('Done by GET /&#60;a&#62; 304');
    expect(page).not.toMatch(/<script|src=|url\(|@import/);
  });
});
