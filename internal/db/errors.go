package db

// What drivers say, as errs: conflicts of people, a busy or full database, texts that cannot be kept. Messages of a
// database reach logs only.

import (
	"context"
	"database/sql/driver"
	"errors"
	"net"
	"strings"
	"unicode/utf8"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"

	"yipanqi/internal/errs"
	"yipanqi/internal/say"
)

// Codes: https://www.postgresql.org/docs/15/errcodes-appendix.html, https://sqlite.org/rescode.html
const (
	pgUnique, pgForeign     = "23505", "23503"
	pgSerialize, pgDeadlock = "40001", "40P01"
	pgOutOfMemory           = "53200" // also "not enough elements in RWConflictPool"
	pgLocked, pgCanceled    = "55P03", "57014"
	pgDiskFull, pgTooMany   = "53100", "53300"
	pgStarting, pgStopping  = "57P03", "57P01"
	liteBusy, liteLocked    = 5, 6
	liteInterrupt           = 9
	liteIO, liteFull        = 10, 13
	liteUnique, litePrimary = 2067, 1555
	liteForeign             = 787
)

// retryable: the transaction did nothing wrong, another one was in its way.
func retryable(err error) bool {
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		return pg.Code == pgSerialize || pg.Code == pgDeadlock || pg.Code == pgOutOfMemory
	}
	if lite, ok := errors.AsType[*sqlite.Error](err); ok {
		return lite.Code()&0xff == liteBusy || lite.Code()&0xff == liteLocked
	}
	return false
}

// known turns what a driver says into errs: a constraint that a user ran into, or a database that cannot do it now. All
// others stay as they are.
func known(err error) error {
	if err == nil {
		return nil
	}
	kind, msg := errs.Internal, say.Key("")
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		kind, msg = postgresSays(pg.Code)
	} else if lite, ok := errors.AsType[*sqlite.Error](err); ok {
		kind, msg = sqliteSays(lite.Code())
	} else if _, ok := errors.AsType[*errs.Error](err); ok {
		return err
	} else if errors.Is(err, context.DeadlineExceeded) {
		kind, msg = errs.Busy, slow
	} else if _, ok := errors.AsType[net.Error](err); ok || errors.Is(err, driver.ErrBadConn) {
		kind, msg = errs.Busy, away
	}
	if msg == "" {
		return err
	}
	return &errs.Error{Kind: kind, Words: say.New(msg), Err: err}
}

const (
	twice = "已经有同样的一条记录，不能重复建立。"
	bound = "引用的内容不存在，或者还有别的内容引用着它。"
	slow  = "数据库正忙或被占用，这次没有办成，什么也没有改动。请过一会儿再试。"
	full  = "服务器的磁盘满了，这次没有保存，原有数据没有改动。请联系系统管理员清理磁盘后再试。"
	away  = "连不上数据库，什么也没有改动。请稍后再试或联系系统管理员。"
)

func postgresSays(code string) (errs.Kind, say.Key) {
	switch code {
	case pgUnique:
		return errs.Conflict, twice
	case pgForeign:
		return errs.Conflict, bound
	case pgSerialize, pgDeadlock, pgOutOfMemory, pgLocked, pgCanceled:
		return errs.Busy, slow
	case pgDiskFull:
		return errs.Busy, full
	case pgStarting, pgStopping, pgTooMany:
		return errs.Busy, away
	}
	return errs.Internal, ""
}

func sqliteSays(code int) (errs.Kind, say.Key) {
	switch {
	case code == liteUnique || code == litePrimary:
		return errs.Conflict, twice
	case code == liteForeign:
		return errs.Conflict, bound
	case code&0xff == liteBusy || code&0xff == liteLocked || code&0xff == liteInterrupt:
		return errs.Busy, slow
	case code&0xff == liteFull || code&0xff == liteIO:
		return errs.Busy, full
	}
	return errs.Internal, ""
}

// Spoke says whether the database itself worded the error that err wraps: words for a log, not for a user.
func Spoke(err error) bool {
	_, pg := errors.AsType[*pgconn.PgError](err)
	_, lite := errors.AsType[*sqlite.Error](err)
	return pg || lite
}

// storable refuses texts that PostgreSQL cannot keep, so that both databases take the same. The doors name the field
// long before (errs.Unreadable); this is what no door has seen, such as the text of an uploaded document.
func storable(args []any) error {
	for _, arg := range args {
		if text, ok := arg.(string); ok && (!utf8.ValidString(text) || strings.IndexByte(text, 0) >= 0) {
			return errs.Invalidf("内容里有读不出来的字符或空字符（U+0000），没有处理。请删去后重试。")
		}
	}
	return nil
}
