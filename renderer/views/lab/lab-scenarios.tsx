import { LAB_SCENARIOS, type LabScenarioId } from '../../../server-core/capture/lab-scenarios.ts';

interface Props {
  readonly chosen: LabScenarioId;
  onChoose(id: LabScenarioId): void;
}

export function LabScenarios({ chosen, onChoose }: Props) {
  return (
    <nav className="lab-scenarios" aria-label="Scenarios">
      <h2>Scenarios</h2>
      <ul>
        {LAB_SCENARIOS.map(({ id, name, sentence }) => (
          <li key={id}>
            <button
              type="button"
              className={id === chosen ? 'on' : ''}
              aria-current={id === chosen ? 'true' : undefined}
              onClick={() => onChoose(id)}
            >
              <b>{name}</b>
              <span>{sentence}</span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
