import { useState } from 'react';
import AccountIcon from '@mui/icons-material/AccountCircleOutlined';
import DarkIcon from '@mui/icons-material/DarkModeOutlined';
import KeyIcon from '@mui/icons-material/KeyOutlined';
import LightIcon from '@mui/icons-material/LightModeOutlined';
import LogoutIcon from '@mui/icons-material/Logout';
import Box from '@mui/material/Box';
import Divider from '@mui/material/Divider';
import IconButton from '@mui/material/IconButton';
import ListItemIcon from '@mui/material/ListItemIcon';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useTheme as useMode, useLogout } from 'react-admin';
import { useTheme } from '@mui/material/styles';
import { Link } from 'react-router-dom';
import { useViewer } from './use-viewer.js';
import { roleWords } from '../teams/role-words.js';

export function AccountMenu() {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const viewer = useViewer();
  const logout = useLogout();
  const dark = useTheme().palette.mode === 'dark';
  const [, setMode] = useMode();
  const close = () => setAnchor(null);
  return (
    <>
      <IconButton
        aria-label="Account and settings"
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        <AccountIcon />
      </IconButton>
      <Menu
        open={anchor !== null}
        anchorEl={anchor}
        onClose={close}
        slotProps={{ paper: { role: 'region', 'aria-label': 'Account' } }}
      >
        {viewer && (
          <Box component="li" role="presentation" sx={{ px: 2, py: 1, maxWidth: 280 }}>
            <Box sx={{ fontWeight: 620 }}>{viewer.user.name}</Box>
            <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem', overflowWrap: 'anywhere' }}>
              {viewer.user.email}
            </Box>
            <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>
              {viewer.organisationRoles.map((role) => roleWords[role]).join(', ')}
            </Box>
          </Box>
        )}
        <Divider component="li" role="presentation" />
        <MenuItem component={Link} to="/account" onClick={close}>
          <ListItemIcon>
            <KeyIcon fontSize="small" />
          </ListItemIcon>
          Account
        </MenuItem>
        <MenuItem
          onClick={() => {
            setMode(dark ? 'light' : 'dark');
            close();
          }}
        >
          <ListItemIcon>{dark ? <LightIcon fontSize="small" /> : <DarkIcon fontSize="small" />}</ListItemIcon>
          {dark ? 'Light theme' : 'Dark theme'}
        </MenuItem>
        <MenuItem onClick={() => void logout()}>
          <ListItemIcon>
            <LogoutIcon fontSize="small" />
          </ListItemIcon>
          Sign out
        </MenuItem>
      </Menu>
    </>
  );
}
