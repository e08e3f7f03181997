S10F3 W <A "say ""hi""">.
S10F3 W <A 'it''s'>.
