CREATE TABLE chatmail_mailbox (
    id BIGINT NOT NULL,
    namespace VARCHAR(64) NOT NULL,
    owner VARCHAR(320) NOT NULL,
    name VARCHAR(255) NOT NULL,
    uid_validity BIGINT NOT NULL,
    last_uid BIGINT NOT NULL,
    modseq BIGINT NOT NULL,
    message_count BIGINT NOT NULL,
    unseen_count BIGINT NOT NULL,
    recent_count BIGINT NOT NULL,
    octets BIGINT NOT NULL,
    keywords VARCHAR(2000) NOT NULL,
    CONSTRAINT chatmail_mailbox_pk PRIMARY KEY (id),
    CONSTRAINT chatmail_mailbox_path UNIQUE (owner, namespace, name)
);

CREATE TABLE chatmail_message (
    mailbox_id BIGINT NOT NULL,
    uid BIGINT NOT NULL,
    modseq BIGINT NOT NULL,
    body_id BIGINT NOT NULL,
    internal_date BIGINT NOT NULL,
    save_date BIGINT NOT NULL,
    octets BIGINT NOT NULL,
    header_octets INTEGER NOT NULL,
    flags INTEGER NOT NULL,
    user_flags VARCHAR(1000),
    CONSTRAINT chatmail_message_pk PRIMARY KEY (mailbox_id, uid)
);

CREATE TABLE chatmail_body (
    id BIGINT NOT NULL,
    refs INTEGER NOT NULL,
    header ${binary} NOT NULL,
    content ${binary} NOT NULL,
    CONSTRAINT chatmail_body_pk PRIMARY KEY (id)
);

CREATE TABLE chatmail_subscription (
    owner VARCHAR(320) NOT NULL,
    mailbox VARCHAR(400) NOT NULL,
    CONSTRAINT chatmail_subscription_pk PRIMARY KEY (owner, mailbox)
);

CREATE TABLE chatmail_annotation (
    mailbox_id BIGINT NOT NULL,
    name VARCHAR(255) NOT NULL,
    content ${text} NOT NULL,
    CONSTRAINT chatmail_annotation_pk PRIMARY KEY (mailbox_id, name)
);

CREATE TABLE chatmail_quota_limit (
    holder VARCHAR(400) NOT NULL,
    octets BIGINT,
    messages BIGINT,
    CONSTRAINT chatmail_quota_limit_pk PRIMARY KEY (holder)
);
