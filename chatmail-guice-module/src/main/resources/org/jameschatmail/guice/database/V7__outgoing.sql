-- Messages to other servers: one row a message and destination domain, with all of its recipients there, each on a line
-- of its own with what was last heard of it. The message is in mail_queue_body. The key begins with the domain and goes
-- on at random, so that it grows nowhere in particular: Derby keeps emptied pages. Times are milliseconds since 1970.
CREATE TABLE chatmail_outgoing (
    domain VARCHAR(255) NOT NULL,
    item_id CHAR(36) NOT NULL,
    sender VARCHAR(400) NOT NULL,
    accepted_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    attempts INTEGER NOT NULL,
    body_id CHAR(36) NOT NULL,
    body_size BIGINT NOT NULL,
    recipients ${text} NOT NULL,
    CONSTRAINT chatmail_outgoing_pk PRIMARY KEY (domain, item_id)
);
