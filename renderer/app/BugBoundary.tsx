import { Component, type ErrorInfo, type ReactNode } from 'react';
import { fault } from '../../core/base/fault';
import { FaultView } from '../ui/FaultView';

interface BugBoundaryProps {
  readonly what: string;
  readonly children: ReactNode;
}

/** Where a bug in what it holds ends: it is shown in its place, and the rest of the window goes on. */
export class BugBoundary extends Component<BugBoundaryProps, { readonly error: unknown }> {
  override state = { error: undefined as unknown };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override componentDidCatch(error: unknown, { componentStack }: ErrorInfo): void {
    reportError(new Error(`${this.props.what} failed${componentStack ?? ''}`, { cause: error }));
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    const words = error instanceof Error ? error.message : 'something was thrown that is no error';
    return (
      <FaultView
        what={`${this.props.what} has a bug`}
        fault={fault('bug', words, {
          remedy: 'The rest of the window goes on. Try again, or reload the window.',
        })}
        onRetry={() => this.setState({ error: undefined })}
      />
    );
  }
}
