/** A pane that fails says so in its own place; the rest of the window goes on. */
import { Component, type ReactNode } from 'react';

interface Props {
  /** What the pane shows, for the sentence: "The timeline". */
  readonly pane: string;
  readonly children: ReactNode;
}

export class ErrorBoundary extends Component<Props, { readonly problem: string | undefined }> {
  override state = { problem: undefined as string | undefined };

  static getDerivedStateFromError(error: unknown) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }

  override render() {
    const { problem } = this.state;
    if (problem === undefined) return this.props.children;
    return (
      <div className="failed" role="alert">
        <p>{this.props.pane} could not be drawn</p>
        <p className="mono dim selectable">{problem}</p>
        <button type="button" className="btn line" onClick={() => this.setState({ problem: undefined })}>
          Draw it again
        </button>
      </div>
    );
  }
}
