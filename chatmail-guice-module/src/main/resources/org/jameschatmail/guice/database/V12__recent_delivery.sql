-- What was accepted lately, as a digest (128 bits of SHA-256) of envelope and content, so that one who tries again because
-- our answer got lost doesn't deliver twice. delivery_hour: hours since 1970.
CREATE TABLE chatmail_recent_delivery (
    digest_high BIGINT NOT NULL,
    digest_low BIGINT NOT NULL,
    delivery_hour INTEGER NOT NULL,
    CONSTRAINT chatmail_recent_delivery_pk PRIMARY KEY (digest_high, digest_low)
);
