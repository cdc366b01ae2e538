import { Suspense, useState, type ReactNode } from 'react';
import MenuIcon from '@mui/icons-material/Menu';
import Box from '@mui/material/Box';
import Drawer from '@mui/material/Drawer';
import IconButton from '@mui/material/IconButton';
import LinearProgress from '@mui/material/LinearProgress';
import { ErrorBoundary } from './error-boundary.js';
import { AccountMenu } from './account-menu.js';
import { LiveHint } from './live-hint.js';
import { LostBanner } from './lost-banner.js';
import { Navigation } from './navigation.js';
import { Wordmark } from './wordmark.js';

const barHeight = 52;

const skipLink = {
  position: 'absolute',
  left: 8,
  top: -60,
  zIndex: 2000,
  px: 2,
  py: 1,
  bgcolor: 'primary.main',
  color: 'primary.contrastText',
  borderRadius: 1,
  '&:focus': { top: 8 },
};

/** The frame of every signed-in screen: skip link, bar, navigation beside (or, on a phone, behind a button), main. */
export function Shell({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <Box sx={{ minHeight: '100vh', bgcolor: 'background.default' }}>
      <Box component="a" href="#main" sx={skipLink}>
        Skip to content
      </Box>
      <Box
        component="header"
        sx={{
          position: 'sticky',
          top: 0,
          zIndex: 1100,
          height: barHeight,
          px: { xs: 0.5, sm: 2 },
          display: 'flex',
          alignItems: 'center',
          gap: 1,
          bgcolor: 'background.paper',
          borderBottom: 1,
          borderColor: 'divider',
        }}
      >
        <IconButton
          aria-label="Open navigation"
          onClick={() => setOpen(true)}
          sx={{ display: { md: 'none' } }}
        >
          <MenuIcon />
        </IconButton>
        <Wordmark />
        <Box sx={{ flexGrow: 1 }} />
        <LiveHint />
        <AccountMenu />
      </Box>
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        slotProps={{ paper: { sx: { width: 248 }, 'aria-label': 'Navigation' } }}
      >
        <Navigation onNavigate={() => setOpen(false)} />
      </Drawer>
      <Box sx={{ display: 'flex' }}>
        <Box
          sx={{
            display: { xs: 'none', md: 'block' },
            width: 208,
            flexShrink: 0,
            position: 'sticky',
            top: barHeight,
            alignSelf: 'flex-start',
            height: `calc(100vh - ${barHeight}px)`,
            overflowY: 'auto',
            borderRight: 1,
            borderColor: 'divider',
          }}
        >
          <Navigation />
        </Box>
        <Box
          component="main"
          id="main"
          tabIndex={-1}
          sx={{ flexGrow: 1, minWidth: 0, '&:focus': { outline: 'none' } }}
        >
          <LostBanner />
          <ErrorBoundary>
            <Suspense fallback={<LinearProgress aria-label="Loading the page" />}>{children}</Suspense>
          </ErrorBoundary>
        </Box>
      </Box>
    </Box>
  );
}
