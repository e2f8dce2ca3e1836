/** One lab: what it is for, its tasks, and what is to be learned from them. */
import { ChevronLeft, FileDown, Printer, RotateCcw, Trash2 } from 'lucide-react';
import type { Lab } from '../../learn/lab-file.ts';
import { answerFile, worksheet } from '../../learn/lab-papers.ts';
import { doneOf } from '../../learn/lab-progress.ts';
import { useServe } from '../servers/use-serve.ts';
import { ICON } from '../shell/icons.tsx';
import { saveText } from '../shell/save-file.ts';
import { useToast } from '../shell/toast.tsx';
import { useLabServer } from './lab-server.ts';
import type { LabSession, LabState } from './lab-session.ts';
import { LabTaskItem } from './lab-task.tsx';

/** The labs of the program ask for pages that another folder has not. */
function TourMissing() {
  const { missing } = useLabServer();
  const serve = useServe();
  const toast = useToast();
  if (missing === undefined) return null;
  const start = async () => {
    const problem = await serve(missing);
    if (problem !== undefined) toast({ text: problem });
  };
  return (
    <div className="lab-tour">
      <p>This lab is written for the tour, which is not being served.</p>
      <button type="button" className="btn line small" onClick={() => void start()}>
        Serve the tour
      </button>
    </div>
  );
}

/** Some two pages. */
const MOST_WRITTEN = 4000;

interface Props {
  readonly lab: Lab;
  readonly session: LabSession;
  readonly state: LabState;
}

export function LabSheet({ lab, session, state }: Props) {
  const begun = state.progress[lab.id];
  const done = doneOf(lab, begun);
  const isDone = done === lab.tasks.length;
  const inHand = lab.tasks.find(({ id }) => begun?.done[id] === undefined);
  const following = state.labs[state.labs.indexOf(lab) + 1];
  return (
    <section className="labs open" aria-label={`Lab: ${lab.title}`}>
      <header className="labs-head">
        <button type="button" className="btn" onClick={() => session.open(undefined)}>
          <ChevronLeft {...ICON} size={14} />
          Labs
        </button>
        <span className="mono" data-testid="lab-done">
          {done} of {lab.tasks.length}
        </span>
      </header>
      <div className="lab-sheet">
        <h2>{lab.title}</h2>
        <p className="goal">{lab.goal}</p>
        {!state.added.includes(lab.id) && <TourMissing />}
        <ol className="lab-tasks">
          {lab.tasks.map((task) => (
            <LabTaskItem
              key={task.id}
              task={task}
              done={begun?.done[task.id]}
              seen={state.seen.get(task.id) ?? 0}
              inHand={task === inHand}
            />
          ))}
        </ol>
        <details className="lab-more" open={isDone}>
          <summary>What it shows</summary>
          {lab.explanation.map((text) => (
            <p key={text}>{text}</p>
          ))}
        </details>
        {lab.questions.length > 0 && (
          <details className="lab-more">
            <summary>Questions</summary>
            {lab.questions.map((question) => (
              <label key={question} className="question">
                {question}
                <textarea
                  rows={2}
                  maxLength={MOST_WRITTEN}
                  value={begun?.answers[question] ?? ''}
                  onChange={({ target }) => session.answer(question, target.value)}
                />
              </label>
            ))}
          </details>
        )}
        <p className="rfc">{lab.rfc.join(' · ')}</p>
        {isDone && following && (
          <button type="button" className="btn ink" onClick={() => session.open(following.id)}>
            Next: {following.title}
          </button>
        )}
      </div>
      <footer>
        <button
          type="button"
          className="btn small"
          onClick={() => saveText(`${lab.id}-worksheet.html`, 'text/html', worksheet(lab, begun))}
        >
          <Printer {...ICON} size={12} />
          Worksheet
        </button>
        <button
          type="button"
          className="btn small"
          onClick={() => saveText(`${lab.id}-answers.json`, 'application/json', answerFile(lab, begun))}
        >
          <FileDown {...ICON} size={12} />
          Answers
        </button>
        <span className="grow" />
        {state.added.includes(lab.id) && (
          <button
            type="button"
            className="btn small square"
            aria-label="Remove this lab"
            title="Remove this lab"
            onClick={() => session.remove(lab.id)}
          >
            <Trash2 {...ICON} size={12} />
          </button>
        )}
        <button
          type="button"
          className="btn small square"
          aria-label="Begin anew"
          title="Begin anew"
          onClick={() => session.reset(lab.id)}
        >
          <RotateCcw {...ICON} size={12} />
        </button>
      </footer>
    </section>
  );
}
