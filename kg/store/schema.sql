-- What is known of each article, beside its graph. A row holds from version `since` to before version `until`
-- (NULL: still), so that every published version has its own view and a crash is undone by number.

CREATE TABLE IF NOT EXISTS text (
  sha256 TEXT PRIMARY KEY,
  body   BLOB NOT NULL                -- UTF-8
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS article (
  id TEXT NOT NULL, since INTEGER NOT NULL, until INTEGER,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,               -- of the text
  title TEXT, url TEXT, publisher TEXT, published TEXT, language TEXT,
  fingerprint TEXT NOT NULL,          -- of the text and all metadata
  release TEXT NOT NULL,
  quads INTEGER NOT NULL,
  read_at TEXT NOT NULL,              -- UTC clock time
  notes TEXT NOT NULL,                -- JSON: what was left alone and why
  record BLOB NOT NULL,               -- the extraction record, mentions outside every frame included
  PRIMARY KEY (id, since)
) WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS article_now ON article (id) WHERE until IS NULL;
CREATE INDEX IF NOT EXISTS article_text ON article (sha256);

-- What articles say of subjects that they share (actors, places): the subject's quads are merged from these.
CREATE TABLE IF NOT EXISTS description (
  number INTEGER PRIMARY KEY,
  subject TEXT NOT NULL,
  quads BLOB NOT NULL,                -- sorted N-Quads
  UNIQUE (subject, quads)
);
CREATE TABLE IF NOT EXISTS describes (
  article TEXT NOT NULL, description INTEGER NOT NULL REFERENCES description, since INTEGER NOT NULL, until INTEGER
);
CREATE INDEX IF NOT EXISTS describes_article ON describes (article);
CREATE INDEX IF NOT EXISTS describes_now ON describes (description) WHERE until IS NULL;

-- Frames that a later release or a changed text no longer has, and removed articles: answered with 410.
CREATE TABLE IF NOT EXISTS gone (
  iri TEXT NOT NULL, article TEXT NOT NULL,
  since INTEGER NOT NULL, until INTEGER,
  sha256 TEXT,                        -- the text that `first` and `last` count in; NULL once erased
  first INTEGER, last INTEGER         -- code points of its evidence
);
CREATE INDEX IF NOT EXISTS gone_iri ON gone (iri);
CREATE INDEX IF NOT EXISTS gone_article ON gone (article);
