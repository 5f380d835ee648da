-- One row for each set of JPA entities whose tables OpenJPA has made to the end, so that it needn't compare them with the
-- database at every start.
CREATE TABLE chatmail_entity_tables (
    entities VARCHAR(128) NOT NULL,
    CONSTRAINT chatmail_entity_tables_pk PRIMARY KEY (entities)
);
