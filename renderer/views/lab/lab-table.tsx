/** The models side by side: a column each, with the lanes of every group and the figures below them. */
import { type ReactNode, useState } from 'react';
import { MODEL_SENTENCES, type ModelName } from '../../../server-core/capture/model-names.ts';
import { formatBytes, formatCount, spell } from '../../geometry/quantities.ts';
import { listed } from '../../lab/csv.ts';
import type { GroupResult, ModelResult } from '../../lab/group-result.ts';
import './lab-table.css';
import { duration, laneWords, MODEL_WORDS, perSecond, requestWords } from './lab-words.ts';
import { LanePlot } from './lane-plot.tsx';

interface Props {
  readonly models: readonly ModelName[];
  /** One for each model that was begun, in the same order. */
  readonly results: readonly ModelResult[];
  readonly running: boolean;
  /** All models on one axis of time, or each on its own. */
  readonly oneScale: boolean;
  /** Below the table. */
  readonly children: ReactNode;
}

interface Place {
  readonly model: number;
  readonly group: number;
  readonly lane: number;
}

export function LabTable({ models, results, running, oneScale, children }: Props) {
  const [place, setPlace] = useState<Place>();
  const groups = results[0]?.groups ?? [];
  const read = place && results[place.model]?.groups[place.group];
  return (
    <>
      <div className="lab-scroll">
        <table className="lab-table">
          <thead>
            <tr>
              <td />
              {models.map((model, n) => (
                <th key={model} scope="col" title={MODEL_SENTENCES[model]}>
                  <b>
                    {model} <State result={results[n]} running={running && n >= results.length - 1} />
                  </b>
                  <span>{MODEL_WORDS[model]}</span>
                  <Problem result={results[n]} />
                </th>
              ))}
            </tr>
          </thead>
          {groups.map((group, g) => {
            const columns = models.map((_, n) => results[n]?.groups[g]);
            const widest = Math.max(1, ...columns.map((column) => column?.wallMicros ?? 0));
            return (
              <tbody key={group.name}>
                <tr className="lab-lanes">
                  <th scope="row">
                    <b>{group.name}</b>
                    <span>{plannedWords(group)}</span>
                  </th>
                  {columns.map((column, n) => (
                    <td key={models[n]}>
                      {column && column.records.length > 0 && (
                        <>
                          <p className="lab-wall mono">{duration(column.wallMicros)}</p>
                          <LanePlot
                            label={`${group.name} under ${models[n]}, request by request`}
                            result={column}
                            toMicros={oneScale ? widest : Math.max(1, column.wallMicros)}
                            chosen={place?.model === n && place.group === g ? place.lane : undefined}
                            onChoose={(lane) =>
                              setPlace(lane === undefined ? undefined : { model: n, group: g, lane })
                            }
                          />
                        </>
                      )}
                    </td>
                  ))}
                </tr>
                <Figures columns={columns} />
              </tbody>
            );
          })}
          <ServerFigures models={models} results={results} />
        </table>
        {children}
      </div>
      <p className="lab-reading mono" data-testid="lab-reading">
        {place && read ? (
          <>
            <b>{models[place.model]}</b> {read.name.toLowerCase()}: {laneWords(read, place.lane)}
          </>
        ) : (
          <Key />
        )}
      </p>
    </>
  );
}

function Key() {
  return (
    <span className="lab-key">
      <i className="lab-waited" /> waited
      <i className="lab-started" /> its process was started
      <i className="lab-served" /> served
      <i className="lab-failed" /> not answered
      <span className="dim">Point at a lane, or go through them by the arrow keys</span>
    </span>
  );
}

function State({ result, running }: { readonly result: ModelResult | undefined; readonly running: boolean }) {
  if (result && !running) return null;
  return <i className="meta">{result ? '[runs]' : running ? '[not yet]' : '[not run]'}</i>;
}

function Problem({ result }: { readonly result: ModelResult | undefined }) {
  const { problem } = result?.run ?? {};
  return problem === undefined ? null : <span className="wrong">{problem}</span>;
}

const FIGURES: readonly (readonly [string, (result: GroupResult) => string])[] = [
  ['Answers a second', ({ answered, wallMicros }) => perSecond(answered, wallMicros)],
  ['Median, p50', ({ latency }) => duration(latency?.p50)],
  ['p95', ({ latency }) => duration(latency?.p95)],
  ['p99', ({ latency }) => duration(latency?.p99)],
  ['Slowest', ({ latency }) => duration(latency?.slowest)],
  ['Answered', ({ answered, records }) => `${formatCount(answered)} of ${formatCount(records.length)}`],
];

function Figures({ columns }: { readonly columns: readonly (GroupResult | undefined)[] }) {
  return (
    <>
      {FIGURES.map(([name, read]) => (
        <tr key={name}>
          <th scope="row">{name}</th>
          {columns.map((column, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
            <td key={n} className="mono">
              {column && column.records.length > 0 ? read(column) : '—'}
            </td>
          ))}
        </tr>
      ))}
      <tr>
        <th scope="row">Other ends</th>
        {columns.map((column, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
          <td key={n} className={column && column.others.size > 0 ? 'mono wrong' : 'mono'}>
            {column && column.others.size > 0 ? listed(column.others) : '—'}
          </td>
        ))}
      </tr>
    </>
  );
}

const SERVER_FIGURES: readonly (readonly [string, (result: ModelResult) => string])[] = [
  ['Peak memory', ({ run }) => spell(formatBytes(run.peak.rssBytes))],
  [
    'More than before',
    ({ run: { peak } }) => spell(formatBytes(Math.max(0, peak.rssBytes - peak.idleRssBytes))),
  ],
  ['Processes, threads', ({ run: { peak } }) => `${peak.processes}, ${peak.threads || 'none'}`],
];

function ServerFigures({ models, results }: Pick<Props, 'models' | 'results'>) {
  return (
    <tbody>
      <tr className="lab-section">
        <th scope="row">
          <b>The server</b>
        </th>
        <td colSpan={models.length} />
      </tr>
      {SERVER_FIGURES.map(([name, read]) => (
        <tr key={name}>
          <th scope="row">{name}</th>
          {models.map((model, n) => {
            const result = results[n];
            return (
              <td key={model} className="mono">
                {result && result.run.peak.rssBytes > 0 ? read(result) : '—'}
              </td>
            );
          })}
        </tr>
      ))}
    </tbody>
  );
}

function plannedWords({ planned }: GroupResult): string {
  return planned === undefined ? 'as long as it lasts' : requestWords(planned);
}
