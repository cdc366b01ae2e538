import { Component, type ReactNode } from 'react';
import Alert from '@mui/material/Alert';
import { useLocation } from 'react-router-dom';

interface State {
  error: Error | null;
}

class Boundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: Error): State {
    return { error };
  }

  override render(): ReactNode {
    if (!this.state.error) return this.props.children;
    return (
      <Alert severity="error" sx={{ m: 3 }}>
        This page failed to show: {this.state.error.message}
      </Alert>
    );
  }
}

/** Keeps one broken page from taking the navigation with it; going elsewhere starts afresh. */
export function ErrorBoundary({ children }: { children: ReactNode }) {
  const { pathname } = useLocation();
  return <Boundary key={pathname.split('/').slice(0, 4).join('/')}>{children}</Boundary>;
}
