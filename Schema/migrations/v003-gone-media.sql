-- What the service made and no longer has: asked for once, and not by every sync from then on.

ALTER TABLE media ADD COLUMN gone TEXT; -- the address at which it was found to be gone
