/** How the bytes go out: in which pieces, how fast, how often, and what happens behind the last one. */
import { SEND_LIMITS } from '../../../server-core/capture/send-call.ts';
import { formatCount } from '../../geometry/quantities.ts';
import { type CutWay, cutsOf } from '../../learn/send-cuts.ts';
import type { SendSettings } from './composing.ts';

interface Props {
  readonly settings: SendSettings;
  readonly bytes: Uint8Array;
  readonly secure: boolean;
  onSettings(settings: SendSettings): void;
}

const CUT_NAMES: Readonly<Record<CutWay, string>> = {
  whole: 'All at once',
  lines: 'Line by line',
  every: 'By length',
};

export function SendOptions({ settings, bytes, secure, onSettings }: Props) {
  const change = (next: Partial<SendSettings>) => onSettings({ ...settings, ...next });
  const writes = cutsOf(bytes, settings.cut, settings.every).length + 1;
  return (
    <fieldset className="send-options" aria-label="How it is sent">
      <label>
        <span>Writes</span>
        <select
          value={settings.cut}
          onChange={(event) => change({ cut: event.currentTarget.value as CutWay })}
        >
          {Object.entries(CUT_NAMES).map(([way, name]) => (
            <option key={way} value={way}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <NumberField
        label="Bytes a write"
        value={settings.every}
        least={1}
        most={SEND_LIMITS.bytes}
        disabled={settings.cut !== 'every'}
        onValue={(every) => change({ every })}
      />
      <NumberField
        label="Pause, ms"
        value={settings.pauseMs}
        least={0}
        most={SEND_LIMITS.pauseMs}
        onValue={(pauseMs) => change({ pauseMs })}
      />
      <p className="dim">
        {writes === 1 ? 'One write' : `${formatCount(writes)} writes`}
        {writes > 1 && settings.pauseMs === 0 && '; without a pause, several may arrive as one read'}
      </p>
      <NumberField
        label="Connections"
        value={settings.connections}
        least={1}
        most={SEND_LIMITS.connections}
        onValue={(connections) => change({ connections })}
      />
      <NumberField
        label="Times on each"
        value={settings.times}
        least={1}
        most={SEND_LIMITS.times}
        onValue={(times) => change({ times })}
      />
      <label>
        <span>Next one</span>
        <select
          value={settings.inTurn ? 'turn' : 'pipe'}
          disabled={settings.times === 1}
          onChange={(event) => change({ inTurn: event.currentTarget.value === 'turn' })}
        >
          <option value="turn">In turn</option>
          <option value="pipe">At once, pipelined</option>
        </select>
      </label>
      <NumberField
        label="Wait for, s"
        value={settings.patienceSeconds}
        least={1}
        most={SEND_LIMITS.patienceMs / 1000}
        onValue={(patienceSeconds) => change({ patienceSeconds })}
      />
      <label className="check" title="Sends FIN behind the last byte and goes on reading">
        <input
          type="checkbox"
          checked={settings.halfClose}
          onChange={(event) => change({ halfClose: event.currentTarget.checked })}
        />
        Half-close behind it
      </label>
      {secure && (
        <label className="check" title="Bytes as they are on a port that speaks TLS">
          <input
            type="checkbox"
            checked={settings.plain}
            onChange={(event) => change({ plain: event.currentTarget.checked })}
          />
          Without TLS
        </label>
      )}
    </fieldset>
  );
}

interface NumberProps {
  readonly label: string;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly disabled?: boolean;
  onValue(value: number): void;
}

/** A whole number; what is out of its bounds is brought to the nearer one. */
function NumberField({ label, value, least, most, disabled = false, onValue }: NumberProps) {
  return (
    <label>
      <span>{label}</span>
      <input
        type="number"
        className="mono"
        value={value}
        min={least}
        max={most}
        disabled={disabled}
        onChange={(event) => {
          const typed = Math.round(event.currentTarget.valueAsNumber);
          if (Number.isFinite(typed)) onValue(Math.min(most, Math.max(least, typed)));
        }}
      />
    </label>
  );
}
