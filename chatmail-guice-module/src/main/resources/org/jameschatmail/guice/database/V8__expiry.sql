-- The day of each account's last login (days since 1970, UTC; nothing finer is kept). place is a digest of the address:
-- the walk over all accounts, which takes a day, passes them in its order.
CREATE TABLE chatmail_last_login (
    account VARCHAR(320) NOT NULL,
    place BIGINT NOT NULL,
    login_day INTEGER NOT NULL,
    CONSTRAINT chatmail_last_login_pk PRIMARY KEY (account)
);

CREATE INDEX chatmail_last_login_place ON chatmail_last_login (place);

-- Addresses that nobody may register for a while, as keyed digests alone. The key isn't in the database.
CREATE TABLE chatmail_removed_address (
    digest CHAR(64) NOT NULL,
    until_day INTEGER NOT NULL,
    CONSTRAINT chatmail_removed_address_pk PRIMARY KEY (digest)
);

-- How far each walk has come on which day (days since 1970).
CREATE TABLE chatmail_walk (
    name VARCHAR(32) NOT NULL,
    walk_day BIGINT NOT NULL,
    place BIGINT NOT NULL,
    CONSTRAINT chatmail_walk_pk PRIMARY KEY (name)
);
