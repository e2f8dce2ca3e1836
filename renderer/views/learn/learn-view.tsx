/** Where one learns by doing: the parser step by step, the connection as a ladder, and tasks that check themselves. */
import { ExchangeChoice } from './exchange-choice.tsx';
import { FaultBench } from './fault-bench.tsx';
import { Glossary } from './glossary.tsx';
import { LabsColumn } from './labs-column.tsx';
import { Ladder } from './ladder.tsx';
import './learn-view.css';
import type { Lesson } from './lesson.ts';
import { ParserLesson } from './parser-lesson.tsx';

interface Props {
  readonly lesson: Lesson;
  onLesson(lesson: Lesson): void;
}

const TOOLS = [
  { tool: 'parser', label: 'Parser', rest: ' time machine' },
  { tool: 'ladder', label: 'Ladder', rest: '' },
  { tool: 'bench', label: 'Fault bench', rest: '' },
  { tool: 'glossary', label: 'Glossary', rest: '' },
] as const;

export function LearnView({ lesson, onLesson }: Props) {
  const tools = (
    <fieldset className="segments" aria-label="Tool">
      {TOOLS.map(({ tool, label, rest }) => (
        <button
          key={tool}
          type="button"
          className={lesson.tool === tool ? 'btn on' : 'btn'}
          aria-pressed={lesson.tool === tool}
          onClick={() => onLesson({ ...lesson, tool })}
        >
          <span>
            {label}
            <span className="tool-rest">{rest}</span>
          </span>
        </button>
      ))}
    </fieldset>
  );
  return (
    <div className="learn">
      <LabsColumn />
      {lesson.tool === 'parser' ? (
        <ParserLesson lesson={lesson} tools={tools} onLesson={onLesson} />
      ) : (
        <div className="learn-main">
          <header className="tools learn-head">
            {tools}
            {lesson.tool === 'ladder' && (
              <ExchangeChoice
                exchange={lesson.ladder?.exchange}
                none="No connection"
                onExchange={(exchange) =>
                  onLesson({
                    ...lesson,
                    ladder: exchange === undefined ? undefined : { exchange, sent: undefined },
                  })
                }
              />
            )}
          </header>
          {lesson.tool === 'ladder' && (
            <Ladder exchange={lesson.ladder?.exchange} sent={lesson.ladder?.sent} />
          )}
          {lesson.tool === 'bench' && <FaultBench />}
          {lesson.tool === 'glossary' && (
            <Glossary lookUp={lesson.lookUp} onLookUp={(lookUp) => onLesson({ ...lesson, lookUp })} />
          )}
        </div>
      )}
    </div>
  );
}
