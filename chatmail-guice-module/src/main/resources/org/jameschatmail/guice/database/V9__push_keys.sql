-- Made anew without keys that only grow, whose emptied pages Derby keeps: what waited to be sent is not sent, the messages
-- are there all the same. id is random. due_slot is the time at which a notification is due, in steps of four seconds,
-- and begins anew every nine hours.
DROP TABLE chatmail_push;

CREATE TABLE chatmail_push (
    id BIGINT NOT NULL,
    account VARCHAR(320) NOT NULL,
    token_digest CHAR(64) NOT NULL,
    generation BIGINT NOT NULL,
    attempts INTEGER NOT NULL,
    queued_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    due_slot INTEGER NOT NULL,
    CONSTRAINT chatmail_push_pk PRIMARY KEY (id)
);

CREATE INDEX chatmail_push_account ON chatmail_push (account, token_digest);

CREATE INDEX chatmail_push_due ON chatmail_push (due_slot, id);
