"""How pages look: GOV.UK and MOJ Frontend, the layout, macros for forms and tables; no app."""
