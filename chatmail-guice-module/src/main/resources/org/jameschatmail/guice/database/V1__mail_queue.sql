-- The start of a message, header included, up to the size of a chunk: most messages are this row alone. Rows of the
-- queues that hold the very same message share it, and item_count tells how many do.
CREATE TABLE mail_queue_body (
    body_id CHAR(36) NOT NULL PRIMARY KEY,
    item_count INTEGER NOT NULL,
    content ${binary} NOT NULL
);

-- What follows the start, in chunks numbered from 1, so that no side ever holds a whole message.
CREATE TABLE mail_queue_body_chunk (
    body_id CHAR(36) NOT NULL,
    chunk_number INTEGER NOT NULL,
    content ${binary} NOT NULL,
    PRIMARY KEY (body_id, chunk_number)
);

-- One mail waiting in one queue. Times are microseconds since 1970. The order of delivery is kept in memory: an index
-- on due_at would grow at one end and shrink at the other, and Derby keeps the emptied pages of such an index.
CREATE TABLE mail_queue_item (
    item_id CHAR(36) NOT NULL PRIMARY KEY,
    queue_name VARCHAR(255) NOT NULL,
    state VARCHAR(16) NOT NULL,
    enqueued_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    body_id CHAR(36),
    body_size BIGINT NOT NULL,
    envelope ${text} NOT NULL
);
