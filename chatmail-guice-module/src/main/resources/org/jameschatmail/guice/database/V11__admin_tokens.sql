-- Tokens of WebAdmin beside the one in the file, as digests alone. Times are milliseconds since 1970.
CREATE TABLE chatmail_admin_token (
    id VARCHAR(16) NOT NULL,
    digest CHAR(64) NOT NULL,
    label VARCHAR(100) NOT NULL,
    scope VARCHAR(16) NOT NULL,
    made BIGINT NOT NULL,
    CONSTRAINT chatmail_admin_token_pk PRIMARY KEY (id)
);
