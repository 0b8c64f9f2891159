-- From schema 1 to schema 2, as both were. Tables that got columns are put aside, made anew and
-- filled from the old ones; references to them stay what they were (legacy_alter_table), and the
-- index of texts still fits because ids stay.

PRAGMA legacy_alter_table=ON;

DROP VIEW v_message;

DROP VIEW v_source;

DROP VIEW v_issue;

DROP VIEW v_participant;

DROP VIEW v_conversation;

DROP INDEX source_size;

DROP INDEX source_sha256;

ALTER TABLE source RENAME TO source_1;

ALTER TABLE conversation RENAME TO conversation_1;

ALTER TABLE message RENAME TO message_1;

ALTER TABLE attachment RENAME TO attachment_1;

CREATE TABLE source (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL, -- absolute; empty for standard input
    bundle TEXT NOT NULL, -- absolute path of what the user named, of which it is a part
    name TEXT NOT NULL,
    format TEXT NOT NULL,
    format_version TEXT NOT NULL,
    zone_name TEXT NOT NULL, -- as stated at import; empty if none was
    options TEXT NOT NULL, -- others that change what is read, one a line
    size_bytes INTEGER NOT NULL,
    sha256 BLOB NOT NULL,
    imported_at_ms INTEGER NOT NULL, -- UTC
    messages INTEGER NOT NULL, -- in the source, duplicates included
    events INTEGER NOT NULL,
    duplicates INTEGER NOT NULL, -- of these were here before
    issues INTEGER NOT NULL,
    counted INTEGER NOT NULL, -- records by the independent counter
    first_row INTEGER NOT NULL, -- messages first seen in it are among these ids
    last_row INTEGER NOT NULL
) STRICT;

CREATE TABLE conversation (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL DEFAULT '',
    platform TEXT NOT NULL DEFAULT '',
    type TEXT NOT NULL DEFAULT '',
    loose INTEGER NOT NULL DEFAULT 0, -- 1: the key is only a guess
    messages INTEGER NOT NULL DEFAULT 0,
    events INTEGER NOT NULL DEFAULT 0,
    first_row INTEGER NOT NULL DEFAULT 0,
    last_row INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE alias (
    source_id INTEGER NOT NULL REFERENCES source,
    key TEXT NOT NULL, -- the conversation's key in this source
    conversation_id INTEGER NOT NULL REFERENCES conversation, -- to which it was joined
    sure INTEGER NOT NULL, -- 1: the key is the platform's own id
    PRIMARY KEY (source_id, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE message (
    id INTEGER PRIMARY KEY, -- in order of time within an import, without gaps
    conversation_id INTEGER NOT NULL REFERENCES conversation,
    participant_id INTEGER REFERENCES participant, -- NULL: the system
    kind INTEGER NOT NULL,
    flags INTEGER NOT NULL,
    sent_ms INTEGER NOT NULL, -- UTC; of an undated message its neighbour's
    offset_min INTEGER NOT NULL, -- what the clock that was shown is ahead of UTC
    basis INTEGER NOT NULL, -- how UTC is known; 0: undated
    ambiguous INTEGER NOT NULL,
    content_id INTEGER NOT NULL, -- 32 bits, signed
    source_id INTEGER NOT NULL REFERENCES source,
    at INTEGER NOT NULL, -- bytes of the record in the source
    length INTEGER NOT NULL,
    line INTEGER NOT NULL,
    sha256 BLOB NOT NULL, -- of these bytes
    member TEXT,
    time_shown TEXT, -- NULL: as v_message prints it
    platform_id TEXT,
    reply_to TEXT,
    sender_name TEXT, -- NULL: as in participant
    forwarded_from TEXT,
    forwarded_ms INTEGER, -- UTC, as the two below; NULL if not known
    edited_ms INTEGER,
    deleted_ms INTEGER,
    text TEXT NOT NULL
) STRICT;

CREATE TABLE attachment (
    message_id INTEGER NOT NULL REFERENCES message,
    nth INTEGER NOT NULL, -- from 0
    kind INTEGER NOT NULL,
    name TEXT NOT NULL,
    mime TEXT NOT NULL,
    size_bytes INTEGER, -- NULL if not known
    path TEXT, -- of its file beside the source; NULL if it was not there
    sha256 BLOB, -- of that file
    PRIMARY KEY (message_id, nth)
) STRICT, WITHOUT ROWID;

CREATE TABLE reaction (
    message_id INTEGER NOT NULL REFERENCES message,
    nth INTEGER NOT NULL,
    emoji TEXT NOT NULL,
    participant_id INTEGER REFERENCES participant, -- NULL: not named
    name TEXT, -- NULL: as in participant
    at_ms INTEGER, -- UTC
    people INTEGER NOT NULL, -- 1 if named
    PRIMARY KEY (message_id, nth)
) STRICT, WITHOUT ROWID;

CREATE TABLE edit (
    message_id INTEGER NOT NULL REFERENCES message,
    nth INTEGER NOT NULL, -- from 0, the oldest wording
    text TEXT NOT NULL,
    at_ms INTEGER, -- UTC
    PRIMARY KEY (message_id, nth)
) STRICT, WITHOUT ROWID;

CREATE TABLE mention (
    message_id INTEGER NOT NULL REFERENCES message,
    nth INTEGER NOT NULL,
    participant_id INTEGER NOT NULL REFERENCES participant,
    name TEXT, -- NULL: as in participant
    PRIMARY KEY (message_id, nth)
) STRICT, WITHOUT ROWID;

CREATE TABLE recipient (
    message_id INTEGER NOT NULL REFERENCES message,
    nth INTEGER NOT NULL,
    participant_id INTEGER NOT NULL REFERENCES participant,
    name TEXT, -- NULL: as in participant
    PRIMARY KEY (message_id, nth)
) STRICT, WITHOUT ROWID;

INSERT INTO source(
    id, path, name, format, format_version, zone_name, size_bytes, sha256, imported_at_ms,
    messages, events, duplicates, issues, counted, first_row, last_row, bundle, options)
SELECT
    id, path, name, format, format_version, zone_name, size_bytes, sha256, imported_at_ms,
    messages, events, duplicates, issues, counted, first_row, last_row, path, ''
FROM source_1;

DROP TABLE source_1;

-- All came from group chat releases, which have no id.
INSERT INTO conversation(
    id, key, title, platform, type, messages, events, first_row, last_row, loose)
SELECT
    id, key, title, platform, type, messages, events, first_row, last_row, 1
FROM conversation_1;

DROP TABLE conversation_1;

INSERT INTO message(
    id, conversation_id, participant_id, kind, flags, sent_ms, offset_min, basis, ambiguous,
    content_id, source_id, at, length, line, sha256, member, time_shown, platform_id, reply_to,
    sender_name, text)
SELECT
    id, conversation_id, participant_id, kind, flags, sent_ms, offset_min, basis, ambiguous,
    content_id, source_id, at, length, line, sha256, member, time_shown, platform_id, reply_to,
    sender_name, text
FROM message_1;

DROP TABLE message_1;

INSERT INTO attachment(
    message_id, nth, kind, name, mime, size_bytes)
SELECT
    message_id, nth, kind, name, mime, size_bytes
FROM attachment_1;

DROP TABLE attachment_1;

CREATE INDEX source_size ON source(size_bytes);

CREATE INDEX source_sha256 ON source(sha256);

CREATE INDEX alias_key ON alias(key);

CREATE INDEX message_platform_id ON message(platform_id, conversation_id) WHERE platform_id IS NOT NULL;

CREATE VIEW v_message AS
SELECT m.id,
    CASE m.basis WHEN 0 THEN 'undated'
        ELSE strftime(
            CASE WHEN m.sent_ms % 1000 THEN '%Y-%m-%dT%H:%M:%f' ELSE '%Y-%m-%dT%H:%M:%S' END,
            (m.sent_ms + m.offset_min * 60000) / 1000.0, 'unixepoch')
    END || printf('/%04x-%04x', (m.content_id >> 16) & 65535, m.content_id & 65535) AS citation,
    c.title AS conversation,
    coalesce(m.sender_name, p.name) AS sender,
    CASE WHEN m.time_shown <> '' THEN m.time_shown
        WHEN m.basis = 0 THEN NULL
        ELSE strftime(
            CASE WHEN m.sent_ms % 1000 THEN '%Y-%m-%d %H:%M:%f' ELSE '%Y-%m-%d %H:%M:%S' END,
            (m.sent_ms + m.offset_min * 60000) / 1000.0, 'unixepoch')
    END AS time_shown,
    CASE WHEN m.basis <> 0 THEN strftime(
        CASE WHEN m.sent_ms % 1000 THEN '%Y-%m-%dT%H:%M:%fZ' ELSE '%Y-%m-%dT%H:%M:%SZ' END,
        m.sent_ms / 1000.0, 'unixepoch')
    END AS utc,
    CASE m.basis WHEN 0 THEN 'none' WHEN 1 THEN 'assumed' WHEN 2 THEN 'stated'
        WHEN 3 THEN 'inferred' WHEN 4 THEN 'utc' END AS basis,
    CASE m.kind WHEN 0 THEN 'text' WHEN 1 THEN 'event' WHEN 2 THEN 'call'
        WHEN 3 THEN 'poll' END AS kind,
    m.text,
    s.name AS source,
    m.member,
    m.line,
    m.at AS first_byte,
    m.at + m.length - 1 AS last_byte,
    lower(hex(m.sha256)) AS sha256,
    (SELECT count(*) FROM witness w WHERE w.message_id = m.id) + 1 AS witnesses,
    m.platform_id,
    m.reply_to,
    m.forwarded_from,
    strftime('%Y-%m-%dT%H:%M:%SZ', m.edited_ms / 1000.0, 'unixepoch') AS edited_utc,
    strftime('%Y-%m-%dT%H:%M:%SZ', m.deleted_ms / 1000.0, 'unixepoch') AS deleted_utc,
    m.conversation_id,
    m.participant_id,
    m.source_id
FROM message m
JOIN conversation c ON c.id = m.conversation_id
LEFT JOIN participant p ON p.id = m.participant_id
LEFT JOIN source s ON s.id = m.source_id;

CREATE VIEW v_source AS
SELECT id, name, path, bundle, format, format_version, zone_name, options, size_bytes,
    lower(hex(sha256)) AS sha256,
    strftime('%Y-%m-%dT%H:%M:%SZ', imported_at_ms / 1000.0, 'unixepoch') AS imported_at,
    messages, events, duplicates, issues, counted
FROM source;

CREATE VIEW v_issue AS
SELECT i.id, s.name AS source,
    CASE i.severity WHEN 0 THEN 'note' WHEN 1 THEN 'warning' WHEN 2 THEN 'error' END AS severity,
    i.code, i.what, i.way_out, i.member, i.line, i.at AS first_byte, i.length AS bytes
FROM issue i
LEFT JOIN source s ON s.id = i.source_id;

CREATE VIEW v_attachment AS
SELECT message_id, nth,
    CASE kind WHEN 0 THEN 'file' WHEN 1 THEN 'image' WHEN 2 THEN 'video' WHEN 3 THEN 'audio'
        WHEN 4 THEN 'link-card' END AS kind,
    name, mime, size_bytes, path, lower(hex(sha256)) AS sha256
FROM attachment;

CREATE VIEW v_reaction AS
SELECT r.message_id, r.emoji, coalesce(r.name, p.name) AS sender, r.people,
    strftime('%Y-%m-%dT%H:%M:%SZ', r.at_ms / 1000.0, 'unixepoch') AS utc
FROM reaction r
LEFT JOIN participant p ON p.id = r.participant_id;

CREATE VIEW v_edit AS
SELECT message_id, nth, text, strftime('%Y-%m-%dT%H:%M:%SZ', at_ms / 1000.0, 'unixepoch') AS utc
FROM edit;

CREATE VIEW v_recipient AS
SELECT x.message_id, coalesce(x.name, p.name) AS name, p.key
FROM recipient x
LEFT JOIN participant p ON p.id = x.participant_id;

CREATE VIEW v_mention AS
SELECT x.message_id, coalesce(x.name, p.name) AS name, p.key
FROM mention x
LEFT JOIN participant p ON p.id = x.participant_id;

CREATE VIEW v_participant AS
SELECT p.id, p.name, p.key, p.messages, p.events, f.time_shown AS first_shown, f.utc AS first_utc,
    l.time_shown AS last_shown, l.utc AS last_utc
FROM participant p
LEFT JOIN v_message f ON f.id = p.first_row
LEFT JOIN v_message l ON l.id = p.last_row;

CREATE VIEW v_conversation AS
SELECT c.id, c.title, c.key, c.platform, c.type, c.loose, c.messages, c.events,
    (SELECT count(*) FROM membership m
        WHERE m.conversation_id = c.id AND m.messages > 0) AS participants,
    f.time_shown AS first_shown, l.time_shown AS last_shown
FROM conversation c
LEFT JOIN v_message f ON f.id = c.first_row
LEFT JOIN v_message l ON l.id = c.last_row;

PRAGMA legacy_alter_table=OFF;

CREATE TABLE tag (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE -- without blanks at the ends; compared as written
) STRICT;

CREATE TABLE tagged (
    tag_id INTEGER NOT NULL REFERENCES tag,
    message_id INTEGER NOT NULL REFERENCES message,
    at_ms INTEGER NOT NULL, -- UTC, when it was tagged
    PRIMARY KEY (tag_id, message_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE note (
    id INTEGER PRIMARY KEY,
    message_id INTEGER NOT NULL REFERENCES message, -- the first of the range
    last_message_id INTEGER NOT NULL REFERENCES message, -- the last; mostly the same
    text TEXT NOT NULL,
    at_ms INTEGER NOT NULL -- UTC, when it was written
) STRICT;

CREATE TABLE saved_search (
    name TEXT PRIMARY KEY,
    query TEXT NOT NULL,
    at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE mark_log (
    id INTEGER PRIMARY KEY,
    act INTEGER NOT NULL, -- what was done in one go has one number; undone from the highest
    what TEXT NOT NULL, -- tag, untag, note, unnote, save, unsave, join, split, rename, hands, unhands
    message_id INTEGER, -- or the member, person or account note
    last_message_id INTEGER,
    name TEXT NOT NULL, -- of the tag, the saved search or the person
    text TEXT NOT NULL, -- of the note, or the query
    at_ms INTEGER NOT NULL -- of what was made or taken away
) STRICT;

CREATE TABLE custody (
    id INTEGER PRIMARY KEY, -- from 1, without gaps
    at_ms INTEGER NOT NULL, -- UTC
    what TEXT NOT NULL, -- import, tag, note, undo, clock ...
    detail TEXT NOT NULL, -- how much; never names or words
    sources INTEGER NOT NULL, -- in the archive after it
    messages INTEGER NOT NULL,
    root BLOB NOT NULL, -- over sources and messages
    peaks BLOB NOT NULL, -- digests with which the tree of messages is gone on with
    hash BLOB NOT NULL -- SHA-256 over the entry before and this one
) STRICT;

CREATE TABLE identity (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL, -- what the analyst calls the person
    at_ms INTEGER NOT NULL -- UTC, when it was first claimed
) STRICT;

CREATE TABLE identity_member (
    id INTEGER PRIMARY KEY,
    identity_id INTEGER NOT NULL REFERENCES identity,
    participant_id INTEGER NOT NULL REFERENCES participant,
    reason TEXT NOT NULL,
    confidence INTEGER NOT NULL, -- 1 low, 2 medium, 3 high
    at_ms INTEGER NOT NULL, -- UTC, when it was claimed
    ended_ms INTEGER -- UTC, when it was taken back; NULL: it holds
) STRICT;

CREATE TABLE account_note (
    id INTEGER PRIMARY KEY,
    participant_id INTEGER NOT NULL REFERENCES participant,
    text TEXT NOT NULL, -- who uses this account, as far as is known
    at_ms INTEGER NOT NULL, -- UTC, when it was written
    ended_ms INTEGER -- UTC, when it was taken back; NULL: it holds
) STRICT;

CREATE INDEX tagged_message ON tagged(message_id);

CREATE INDEX note_message ON note(message_id);

CREATE UNIQUE INDEX identity_member_now ON identity_member(participant_id) WHERE ended_ms IS NULL;

CREATE INDEX account_note_participant ON account_note(participant_id);

CREATE VIEW v_tag AS
SELECT t.name AS tag, m.id, m.citation, m.sender, m.time_shown, m.text
FROM tagged g
JOIN tag t ON t.id = g.tag_id
JOIN v_message m ON m.id = g.message_id;

CREATE VIEW v_note AS
SELECT n.id, n.text AS note, n.message_id, n.last_message_id, m.citation, m.sender, m.time_shown
FROM note n
JOIN v_message m ON m.id = n.message_id;

CREATE VIEW v_person AS
SELECT i.id, i.name AS person, p.name AS handle, p.key, m.reason,
    CASE m.confidence WHEN 1 THEN 'low' WHEN 2 THEN 'medium' WHEN 3 THEN 'high' END AS confidence,
    strftime('%Y-%m-%dT%H:%M:%SZ', m.at_ms / 1000.0, 'unixepoch') AS claimed_utc,
    strftime('%Y-%m-%dT%H:%M:%SZ', m.ended_ms / 1000.0, 'unixepoch') AS ended_utc
FROM identity_member m
JOIN identity i ON i.id = m.identity_id
JOIN participant p ON p.id = m.participant_id;
