/** Where and why the parser stopped, and what each leniency would have made of it. */
import { TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import { faultInfo } from '../../../server-core/wire/faults.ts';
import { formatOffset } from '../../geometry/quantities.ts';
import { faultEnd, LENIENCIES, type LeniencyInfo } from '../../learn/next-byte.ts';
import { recordTape, type Tape } from '../../learn/tape.ts';
import { ICON } from '../shell/icons.tsx';
import { MoreButton } from './more-button.tsx';

interface Props {
  readonly tape: Tape;
  onLeniency(name: LeniencyInfo['name']): void;
}

export function FaultCard({ tape, onLeniency }: Props) {
  const { code, at } = tape.fault!.value;
  const { sentence, section } = faultInfo(code);
  const changes = useMemo(() => changesOf(tape), [tape]);
  return (
    <section className="fault-card" role="note" data-testid="parser-fault">
      <h3>
        <TriangleAlert {...ICON} size={12} />
        <b className="mono">{code}</b>
        <span className="mono">at {formatOffset(at)}</span>
      </h3>
      <p>
        {sentence}: {faultEnd(code, tape.subject.role)}.
      </p>
      <p className="dim">
        {section} <MoreButton kind="fault" of={code} />
      </p>
      {changes.map(({ info, words }) => (
        <p key={info.name} className="fault-lenient">
          <span>
            With “{info.label}” {words}.
          </span>
          <button type="button" className="btn line small" onClick={() => onLeniency(info.name)}>
            Run it so
          </button>
        </p>
      ))}
      {changes.length === 0 && !code.startsWith('ws-') && <p className="dim">No leniency changes that.</p>}
    </section>
  );
}

/** The leniencies that are off and would move the fault, or do away with it. */
function changesOf(tape: Tape): { readonly info: LeniencyInfo; readonly words: string }[] {
  const { subject, fault } = tape;
  return LENIENCIES.flatMap((info) => {
    if (subject.leniencies[info.name]) return [];
    const other = recordTape({ ...subject, leniencies: { ...subject.leniencies, [info.name]: true } });
    const found = other.fault?.value;
    if (!found) return [{ info, words: 'it is let through' }];
    if (found.code === fault?.value.code && found.at === fault.value.at) return [];
    return [{ info, words: `the fault is ${found.code} at ${formatOffset(found.at)}` }];
  });
}
