"""What the screens say: frozen values into styled lines. Pure; no widget and no session is touched here."""
