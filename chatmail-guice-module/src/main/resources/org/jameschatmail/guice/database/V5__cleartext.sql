-- The accounts that take mail in cleartext from other servers.
CREATE TABLE chatmail_cleartext (
    account VARCHAR(320) NOT NULL,
    CONSTRAINT chatmail_cleartext_pk PRIMARY KEY (account)
);
