-- The tokens of an account's devices. A token is longer than a key may be, so its SHA-256 in hexadecimal is the key.
-- renewed_at is in milliseconds since 1970.
CREATE TABLE chatmail_device_token (
    account VARCHAR(320) NOT NULL,
    token_digest CHAR(64) NOT NULL,
    token VARCHAR(4096) NOT NULL,
    ordinal BIGINT NOT NULL,
    renewed_at BIGINT NOT NULL,
    PRIMARY KEY (account, token_digest)
);

-- Every other metadata entry (RFC 5464) that an account has set.
CREATE TABLE chatmail_mailbox_metadata (
    account VARCHAR(320) NOT NULL,
    mailbox VARCHAR(64) NOT NULL,
    entry_name VARCHAR(255) NOT NULL,
    entry_value VARCHAR(4096) NOT NULL,
    PRIMARY KEY (account, mailbox, entry_name)
);
