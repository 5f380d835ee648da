-- What each delivery asks: which tokens of these accounts are still good.
CREATE INDEX chatmail_device_token_renewal ON chatmail_device_token (account, token_digest, renewed_at);
