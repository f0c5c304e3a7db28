"""How documents look: colours, letters, style sheets and the default office templates."""
