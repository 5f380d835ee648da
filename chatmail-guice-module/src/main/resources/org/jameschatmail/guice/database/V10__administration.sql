-- What an administrator has switched while the server ran; a key of the configuration is the value before that.
CREATE TABLE chatmail_setting (
    name VARCHAR(64) NOT NULL,
    content VARCHAR(1000) NOT NULL,
    CONSTRAINT chatmail_setting_pk PRIMARY KEY (name)
);

-- Invitations. They are found by the digest of their token; the token itself is shown to the operator again.
-- Times are milliseconds since 1970.
CREATE TABLE chatmail_invitation (
    id VARCHAR(16) NOT NULL,
    digest CHAR(64) NOT NULL,
    token VARCHAR(128) NOT NULL,
    label VARCHAR(100) NOT NULL,
    uses INTEGER NOT NULL,
    used INTEGER NOT NULL,
    made BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    CONSTRAINT chatmail_invitation_pk PRIMARY KEY (id),
    CONSTRAINT chatmail_invitation_digest UNIQUE (digest)
);

-- Addresses handed out for an invitation, whose first login hasn't come yet.
CREATE TABLE chatmail_reservation (
    account VARCHAR(320) NOT NULL,
    invitation VARCHAR(16) NOT NULL,
    expires BIGINT NOT NULL,
    CONSTRAINT chatmail_reservation_pk PRIMARY KEY (account)
);

CREATE INDEX chatmail_reservation_expires ON chatmail_reservation (expires);

CREATE TABLE chatmail_ban (
    account VARCHAR(320) NOT NULL,
    CONSTRAINT chatmail_ban_pk PRIMARY KEY (account)
);
