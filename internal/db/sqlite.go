package db

// SQLite connections that keep prepared statements; how the database is opened is db.go's.

import (
	"context"
	"database/sql/driver"

	"modernc.org/sqlite"
)

// connector opens SQLite connections that keep their prepared statements: SQLite takes longer to read most of our texts
// than to run them. PostgreSQL's driver does the same by itself.
type connector struct{ dsn string }

func (c connector) Driver() driver.Driver { return &sqlite.Driver{} }

func (c connector) Connect(context.Context) (driver.Conn, error) {
	opened, err := c.Driver().Open(c.dsn)
	if err != nil {
		return nil, err
	}
	return &connection{opened.(sqliteConn), map[string]*statement{}}, nil
}

// sqliteConn is what the driver's connection can do, but for running a text without preparing it: what it cannot do
// directly, database/sql does by preparing and closing a statement.
type sqliteConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// A connection keeps at most so many statements, and none of a text so long that it must hold a list of ids: no other
// call will have the same.
const (
	maxStatements = 100
	maxText       = 4000
)

type connection struct {
	sqliteConn
	idle map[string]*statement // by text; one that is in use is not in it
}

// PrepareContext takes an idle statement of the text, or makes one.
func (c *connection) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	if s, kept := c.idle[query]; kept {
		delete(c.idle, query)
		return s, nil
	}
	prepared, err := c.sqliteConn.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	return &statement{prepared.(sqliteStmt), c, query}, nil
}

func (c *connection) Close() error {
	c.forget()
	return c.sqliteConn.Close()
}

func (c *connection) forget() {
	for query, s := range c.idle {
		s.sqliteStmt.Close()
		delete(c.idle, query)
	}
}

type sqliteStmt interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

type statement struct {
	sqliteStmt
	conn  *connection
	query string
}

// Close keeps the statement for the next time.
func (s *statement) Close() error {
	if s.conn.idle[s.query] != nil || len(s.query) > maxText {
		return s.sqliteStmt.Close()
	}
	if len(s.conn.idle) >= maxStatements {
		s.conn.forget()
	}
	s.conn.idle[s.query] = s
	return nil
}

// Relax gives back what connections to SQLite keep at hand: idle readers are closed, the writer forgets the pages it
// has read. The next reader opens its own.
func (d *DB) Relax(ctx context.Context) error {
	if d.Postgres || d.read == d.write {
		return nil
	}
	d.read.SetMaxIdleConns(-1)
	d.read.SetMaxIdleConns(readers)
	leave, err := enter(ctx, d.writing)
	if err != nil {
		return err
	}
	defer leave()
	_, err = d.write.ExecContext(ctx, "PRAGMA shrink_memory")
	return err
}
