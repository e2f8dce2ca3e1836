/** What is to happen, under which models, and the button that has it happen. */
import { Play, Square } from 'lucide-react';
import { checkLabPlan, type LabPlan } from '../../../server-core/capture/lab-call.ts';
import { type LabParameter, labScenario } from '../../../server-core/capture/lab-scenarios.ts';
import { MODEL_SENTENCES, type ModelName } from '../../../server-core/capture/model-names.ts';
import { ICON } from '../shell/icons.tsx';
import { LAB_MODELS } from './lab-plan.ts';

interface Props {
  readonly plan: LabPlan;
  readonly running: boolean;
  /** What is run is seen, and not chosen. */
  readonly readOnly: boolean;
  /** How far it is, in words. */
  readonly progress: string;
  /** Why it cannot be run here. */
  readonly problem: string | undefined;
  onPlan(plan: LabPlan): void;
  onRun(): void;
  onStop(): void;
}

export function LabForm({ plan, running, readOnly, progress, problem, onPlan, onRun, onStop }: Props) {
  const { name, sentence, watch, parameters } = labScenario(plan.scenario);
  const checked = checkLabPlan(plan);
  const wrong = problem ?? (typeof checked === 'string' ? checked : undefined);
  const toggle = (model: ModelName) => {
    const isOn = plan.models.includes(model);
    const models = LAB_MODELS.filter((one) => (one === model ? !isOn : plan.models.includes(one)));
    if (models.length > 0) onPlan({ ...plan, models });
  };
  return (
    <header className="lab-form">
      <div className="lab-words">
        <h2>{name}</h2>
        <p>{sentence}</p>
        <p className="dim">{watch}</p>
      </div>
      <div className="lab-controls">
        {parameters.map((parameter) => (
          <Parameter
            key={parameter.name}
            parameter={parameter}
            disabled={readOnly}
            value={plan.parameters[parameter.name] ?? parameter.usual}
            onValue={(value) =>
              onPlan({ ...plan, parameters: { ...plan.parameters, [parameter.name]: value } })
            }
          />
        ))}
      </div>
      <div className="lab-controls">
        <fieldset className="lab-models" aria-label="Models">
          {LAB_MODELS.map((model) => (
            <label key={model} title={MODEL_SENTENCES[model]}>
              <input
                type="checkbox"
                checked={plan.models.includes(model)}
                disabled={readOnly}
                onChange={() => toggle(model)}
              />
              {model}
            </label>
          ))}
        </fieldset>
        <span className={wrong === undefined ? 'lab-progress dim' : 'lab-progress wrong'} role="status">
          {wrong ?? progress}
        </span>
        {readOnly ? null : running ? (
          <button type="button" className="btn ink" onClick={onStop}>
            <Square {...ICON} size={12} fill="currentColor" />
            Stop
          </button>
        ) : (
          <button
            type="button"
            className="btn ink"
            title="Run (Ctrl Enter)"
            disabled={wrong !== undefined}
            onClick={onRun}
          >
            <Play {...ICON} size={12} fill="currentColor" />
            Run
          </button>
        )}
      </div>
    </header>
  );
}

interface ParameterProps {
  readonly parameter: LabParameter;
  readonly value: number;
  readonly disabled: boolean;
  onValue(value: number): void;
}

function Parameter({ parameter, value, disabled, onValue }: ParameterProps) {
  const { label, unit, least, most } = parameter;
  return (
    <label title={`${least} to ${most}${unit === '' ? '' : ` ${unit}`}`}>
      <span className="dim">{label}</span>
      <input
        type="number"
        className="mono"
        value={value}
        min={least}
        max={most}
        disabled={disabled}
        onChange={(event) => {
          const typed = Math.round(event.currentTarget.valueAsNumber);
          if (Number.isFinite(typed)) onValue(Math.min(most, Math.max(0, typed)));
        }}
      />
      {unit !== '' && <span className="dim">{unit}</span>}
    </label>
  );
}
